import { beforeEach, expect, it } from '@jest/globals'
import type { Body } from './scene.js'
import { useWorld } from '../support/world.js'
import { nothing, type Ref } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, 'Three levels')

let top: Ref, city: Ref, county: Ref

/** Proposed and issued by whoever made it, and begun by the unit that leads it. */
async function begin(made: Ref, issuer: string, lead: Body): Promise<Ref> {
  const { units, as } = scene
  await as(issuer).propose(made)
  const issued = await as(issuer).issue(made)
  await as(lead).accept(trackOf(issued, units[lead]))
  await as(lead).start(trackOf(issued, units[lead]))
  return issued
}
const finished = async (task: Ref, lead: Body) => scene.as(`${lead} clerk`).report(trackOf(task, scene.units[lead]), { isResult: true, periodFrom: '2026-11-23', periodTo: world.day })

beforeEach(async () => {
  const { units, as } = scene
  const part = (code: string, issuer: Body, lead: Body, dueOn: string) => ({ code, title: `${code} 摸底`, source: 'DOCUMENT', issuingUnitId: units[issuer].id, dueOn, assignments: [{ unitId: units[lead].id, role: 'LEAD' }] })
  top = await begin(await as('coordinator').draft(nothing, { ...part('P', 'office', 'civil', '2026-12-31'), confidential: true }), 'coordinator', 'civil')

  // The province gives a part to the city, and the city to the county: each to units below it by line, none later than what it was given.
  expect(await as('civil').cannot.decompose(top, part('P-1', 'civil', 'cityCivil', '2027-01-05'))).toEqual(['OUT_OF_RANGE'])
  expect(await as('civil').cannot.decompose(top, part('P-1', 'civil', 'education', '2026-12-25'))).toEqual(['OUT_OF_RANGE'])
  expect(await as('education').cannot.decompose(top, part('P-1', 'education', 'cityCivil', '2026-12-25'))).toEqual(['UNKNOWN'])
  city = await begin(await as('civil clerk').decompose(top, part('P-1', 'civil', 'cityCivil', '2026-12-25')), 'civil', 'cityCivil')
  expect(await as('cityCivil').cannot.decompose(city, part('P-1-1', 'cityCivil', 'countyCivil', '2026-12-28'))).toEqual(['OUT_OF_RANGE'])
  // Work does not go back up the line, so no task comes to stand below itself.
  expect(await as('countyCivil').cannot.decompose(city, part('P-1-1', 'countyCivil', 'cityCivil', '2026-12-18'))).toEqual(['UNKNOWN'])
  expect(await as('cityCivil').cannot.decompose(city, part('P-1-1', 'cityCivil', 'civil', '2026-12-18'))).toEqual(['OUT_OF_RANGE'])
  expect(await as('cityCivil').cannot.decompose(city, part('P-1-1', 'cityCivil', 'cityCivil', '2026-12-18'))).toEqual(['OUT_OF_RANGE'])
  county = await begin(await as('cityCivil').decompose(city, part('P-1-1', 'cityCivil', 'countyCivil', '2026-12-18')), 'cityCivil', 'countyCivil')
})

it('shows descendants to who decomposed and to coordinators, and to nobody else', async () => {
  const { as } = scene
  const seen = async (login: string) => Promise.all([top, city, county].map((task) => as(login).sees(task)))
  expect({
    coordinator: await seen('coordinator'), leader: await seen('leader'), 'who decomposed first': await seen('civil'), 'who decomposed second': await seen('cityCivil'), 'who does it': await seen('countyCivil'),
    'city coordinator': await seen('city coordinator'), 'county coordinator': await seen('county coordinator'), 'another department': await seen('education'), 'another city': await seen('neighbour'), auditor: await seen('auditor'),
  }).toEqual({
    coordinator: [true, true, true], leader: [true, true, true], 'who decomposed first': [true, true, true], 'who decomposed second': [false, true, true], 'who does it': [false, false, true],
    'city coordinator': [false, true, true], 'county coordinator': [false, false, true], 'another department': [false, false, false], 'another city': [false, false, false], auditor: [false, false, false],
  })
  expect(await as('countyCivil').asks('query Above($id: ID!) { task(id: $id) { parent { code } confidential } }', { id: county.id })).toEqual({ task: { parent: null, confidential: true } })
  // A due day above stays where a part below still needs it.
  expect(await as('civil').cannot.change(city, { dueOn: '2026-12-16' })).toEqual(['OUT_OF_RANGE'])
  expect(await as('cityCivil').cannot.change(city, { dueOn: '2026-12-22' })).toEqual(['FORBIDDEN'])
  expect(await as('civil').change(city, { dueOn: '2026-12-22' })).toMatchObject({ dueOn: '2026-12-22', assignments: [{ dueOn: '2026-12-22' }] })
})

it('stands still below what stands still, and goes on from above', async () => {
  const { as } = scene
  await as('cityCivil').suspend(county)
  world.day = '2026-11-25'
  await as('coordinator').suspend(top)
  world.day = '2026-11-27'
  expect(await as('civil').cannot.resume(city)).toEqual(['SUSPENDED_ABOVE'])
  expect(await as('cityCivil').cannot.resume(county)).toEqual(['SUSPENDED_ABOVE'])
  expect(await as('coordinator').resume(top)).toMatchObject({ status: 'IN_PROGRESS', dueOn: '2027-01-05' })
  expect(await as('cityCivil').resume(county)).toMatchObject({ status: 'IN_PROGRESS', dueOn: '2026-12-24' })
})

it('closes from below: the check says in words what is missing', async () => {
  const { as } = scene
  const check = 'query Check($id: ID!) { task(id: $id) { closeOutCheck { code message } } }'
  const missing = async (login: string, { id }: Ref) => (await as(login).asks(check, { id })).task.closeOutCheck
  world.day = '2026-12-10'
  for (const [task, lead] of [[county, 'countyCivil'], [city, 'cityCivil'], [top, 'civil']] as const) await finished(task, lead)
  expect(await missing('coordinator', city)).toEqual([
    { code: 'LEAD_OPEN', message: 'The lead unit has not completed its part; it is REPORTED.' }, { code: 'CHILDREN_OPEN', message: 'Child tasks are not closed: P-1-1.' },
  ])
  expect(await missing('cityCivil', city)).toBeNull()
  expect(await as('cityCivil').cannot.complete(city)).toEqual(['FORBIDDEN'])
  await as('coordinator').complete(top)
  await as('civil').complete(city)
  expect(await as('coordinator').cannot.close(top)).toEqual(['CHILDREN_OPEN'])
  expect(await as('civil').cannot.close(city)).toEqual(['CHILDREN_OPEN'])
  await as('cityCivil').complete(county)
  expect(await as('countyCivil').cannot.close(county)).toEqual(['FORBIDDEN'])
  expect(await as('cityCivil').close(county)).toMatchObject({ status: 'CLOSED' })
  expect(await missing('civil', city)).toEqual([])
  await as('civil').close(city)
  expect(await as('civil').cannot.close(top)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').close(top)).toMatchObject({ status: 'CLOSED' })
})

it('is closed by another person where the same one reported, and by the leadership where the coordinating unit leads', async () => {
  const { units, people, as } = scene
  world.day = '2026-12-10'
  // The city's director stands in for the county's clerk and reports; closing it then is somebody else's.
  await world.build.appointment({ personId: people['cityCivil']!.id, unitId: units.countyCivil.id, role: 'CLERK' })
  await as('cityCivil').report(trackOf(county, units.countyCivil), { isResult: true, periodFrom: '2026-11-23', periodTo: '2026-12-10' })
  await as('cityCivil').complete(county)
  expect(await as('cityCivil').cannot.close(county)).toEqual(['SEPARATION_OF_DUTIES', 'SEPARATION_OF_DUTIES'])
  await as('coordinator').close(county)

  const own = await begin(await as('coordinator').draft(nothing, { code: 'O', title: '起草年度报告', source: 'DOCUMENT', issuingUnitId: units.office.id, dueOn: '2026-12-31', assignments: [{ unitId: units.office.id, role: 'LEAD' }] }), 'coordinator', 'office')
  await finished(own, 'office')
  await as('coordinator').complete(own)
  expect(await as('coordinator').cannot.close(own)).toEqual(['SEPARATION_OF_DUTIES'])
  expect(await as('civil').cannot.close(own)).toEqual(['NOT_FOUND'])
  expect(await as('leader').close(own)).toMatchObject({ status: 'CLOSED' })
})
