import { describe, expect, it, test } from '@jest/globals'
import { absent, actsOn, errorFields, fault, stale } from '../support/acts.js'
import { buildPosts } from '../support/build-posts.js'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { faults, refusals, done, replays, trail } = actsOn(world)

/** A bureau with its staff officer, a school with another, and a worker of the bureau on a post of it. */
async function staged() {
  const { build } = world
  const make = buildPosts(world)
  const { province } = await build.network()
  const [bureau, school] = [await build.unit({ divisionId: province.id }), await build.unit({ divisionId: province.id })]
  for (const [name, { id }] of Object.entries({ bureau, school })) for (const role of ['HR_OFFICER', 'DIRECTOR']) await build.person({ login: `${name} ${role}`, unit: id, role })
  const person = await build.person({ login: 'worker', unit: bureau.id, role: 'PRACTITIONER' })
  const worker = await make.worker({ personId: person.id })
  const post = await make.post({ unitId: bureau.id })
  return { province, bureau, school, person, worker, post, make }
}
type Stage = Awaited<ReturnType<typeof staged>>
const say = (mutation: string, input: string, fields: string) => `mutation ($input: ${input}!) { ${mutation}(input: $input) { ${fields} ${errorFields} } }`
const act = (key: string, more: object) => ({ idempotencyKey: key, ...more })

describe('a social worker', () => {
  const register = say('socialWorkerRegister', 'SocialWorkerRegisterInput', 'socialWorker { id grade isIdle person { name socialWorker { id } } }')

  it('is entered once, and idle only with a valid credential and no employment today', async () => {
    const { bureau, make, worker } = await staged()
    const colleague = await world.build.person({ unit: bureau.id })
    const made = await done('bureau HR_OFFICER', register, act('a', { personId: colleague.id }))
    expect(made).toMatchObject({ grade: null, isIdle: false, person: { socialWorker: { id: made.id } } })
    expect(await faults('bureau HR_OFFICER', register, act('b', { personId: colleague.id }))).toEqual([fault('TAKEN', 'input.personId')])
    const ask = async () => (await world.as('coordinator').run('query ($id: ID!) { socialWorker(id: $id) { grade isIdle } }', { id: worker.id })).data.socialWorker
    expect(await ask()).toEqual({ grade: null, isIdle: false })
    await make.qualification({ socialWorkerId: worker.id, kind: 'DEGREE' })
    const senior = await make.qualification({ socialWorkerId: worker.id, level: 'SENIOR' })
    await make.qualification({ socialWorkerId: worker.id, level: 'ASSISTANT' })
    expect(await ask()).toEqual({ grade: 'SENIOR', isIdle: true })
    await world.sql('update qualification set withdrawn_on = $1 where id = $2', [today, senior.id])
    expect(await ask()).toEqual({ grade: 'ASSISTANT', isIdle: true })
    const employment = await make.employment({ socialWorkerId: worker.id, unitId: bureau.id, validTo: today })
    expect(await ask()).toEqual({ grade: 'ASSISTANT', isIdle: true })
    await world.sql('update employment set valid_to = null where id = $1', [employment.id])
    expect(await ask()).toEqual({ grade: 'ASSISTANT', isIdle: false })
    expect((await world.as('coordinator').run('{ socialWorkers(filter: { isIdle: { eq: false }, grade: { eq: ASSISTANT } }) { totalCount nodes { id } } }')).data.socialWorkers).toEqual({ totalCount: 1, nodes: [{ id: worker.id }] })
  })
})

describe('qualifications', () => {
  const fields = 'qualification { id version kind level title issuer issuedOn withdrawnOn registeredOn registeredUntil isRegistered certificateNumber }'
  const add = say('qualificationAdd', 'QualificationAddInput', fields)
  const credential = ({ worker }: Stage, more: object = {}) => act('a', { socialWorkerId: worker.id, kind: 'CREDENTIAL', level: 'SOCIAL_WORKER', title: ' 社会工作师 ', issuedOn: '2019-09-01', certificateNumber: '20190533033000123', registeredOn: '2024-02-29', ...more })

  it('are entered with their number, which no trail keeps and only staff of the person reads', async () => {
    const stage = await staged()
    const made = await done('bureau HR_OFFICER', add, credential(stage))
    expect(made).toEqual({
      id: expect.stringMatching(/^qual_/), version: 1, kind: 'CREDENTIAL', level: 'SOCIAL_WORKER', title: '社会工作师', issuer: null, issuedOn: '2019-09-01', withdrawnOn: null, registeredOn: '2024-02-29', registeredUntil: '2027-03-01', isRegistered: true, certificateNumber: '20190533033000123',
    })
    expect(JSON.stringify(await trail())).not.toContain('0533033000123')
    await replays('bureau HR_OFFICER', add.replace(' certificateNumber }', ' }'), { ...credential(stage), idempotencyKey: 'b', certificateNumber: '20190533033000124' }, { title: '改' })
    const read = async (login: string) => (await world.as(login).run('query ($id: ID!) { qualification(id: $id) { certificateNumber } }', { id: made.id })).data?.qualification
    expect([await read('worker'), await read('bureau DIRECTOR'), await read('school HR_OFFICER')]).toEqual([{ certificateNumber: '20190533033000123' }, { certificateNumber: null }, null])
  })

  it.each([
    ['a number of the wrong shape', { certificateNumber: '2019-0533' }, fault('MALFORMED', 'input.certificateNumber')],
    ['a number that begins with no year', { certificateNumber: '99990533033000123' }, fault('MALFORMED', 'input.certificateNumber')],
    ['a number of a year after the issue', { certificateNumber: '20200533033000123' }, fault('MALFORMED', 'input.certificateNumber')],
    ['a number of another certificate', { certificateNumber: '20190533033000999' }, fault('TAKEN', 'input.certificateNumber')],
    ['a credential without a level', { level: undefined }, fault('MALFORMED', 'input.level')],
    ['a degree with a level', { kind: 'DEGREE' }, fault('MALFORMED', 'input.level')],
    ['a degree with a number', { kind: 'DEGREE', level: undefined }, fault('MALFORMED', 'input.certificateNumber')],
    ['a day of issue to come', { issuedOn: '2026-12-01', registeredOn: null }, fault('OUT_OF_RANGE', 'input.issuedOn')],
    ['a registration before the issue', { registeredOn: '2019-08-31' }, fault('OUT_OF_RANGE', 'input.registeredOn')],
    ['somebody who is not there', { socialWorkerId: absent('swrk') }, 'NOT_FOUND'],
  ])('are refused with %s', async (_what, more, expected) => {
    const stage = await staged()
    await stage.make.qualification({ socialWorkerId: stage.worker.id, certificateNumber: '20190533033000999' })
    if (typeof expected === 'string') expect(await refusals(add, credential(stage, more), ['bureau HR_OFFICER'])).toEqual({ 'bureau HR_OFFICER': expected })
    else expect(await faults('bureau HR_OFFICER', add, credential(stage, more))).toEqual([expected])
  })

  it('are renewed for three years from a later day, corrected and withdrawn', async () => {
    const { worker, make } = await staged()
    const qualification = await make.qualification({ socialWorkerId: worker.id, certificateNumber: '20190533033000001', registeredOn: '2020-05-01', registeredUntil: '2023-05-01' })
    const on = (mutation: string, input: string) => say(mutation, input, fields)
    const versioned = (version: number, more: object) => act(String(version), { qualificationId: qualification.id, expectedVersion: version, ...more })
    const renew = on('qualificationRegister', 'QualificationRegisterInput')
    expect(await faults('bureau HR_OFFICER', renew, versioned(1, { registeredOn: '2020-05-01' }))).toEqual([fault('OUT_OF_RANGE', 'input.registeredOn')])
    expect(await faults('bureau HR_OFFICER', renew, versioned(1, { registeredOn: '2026-12-01' }))).toEqual([fault('OUT_OF_RANGE', 'input.registeredOn')])
    expect(await done('bureau HR_OFFICER', renew, versioned(1, { registeredOn: '2023-06-01' }))).toMatchObject({ version: 2, registeredOn: '2023-06-01', registeredUntil: '2026-06-01', isRegistered: false })
    expect(await faults('bureau HR_OFFICER', renew, versioned(1, { registeredOn: '2026-06-01' }))).toEqual([fault('CONFLICT', 'input.idempotencyKey')])
    expect(await faults('bureau HR_OFFICER', renew, { ...versioned(1, { registeredOn: '2026-06-01' }), idempotencyKey: 'x' })).toEqual([stale(2, ['registeredOn', 'registeredUntil'])])
    const update = on('qualificationUpdate', 'QualificationUpdateInput')
    expect(await done('bureau HR_OFFICER', update, versioned(2, { certificateNumber: '20180533033000001', issuer: ' 人事考试院 ' }))).toMatchObject({ version: 3, certificateNumber: '20180533033000001', issuer: '人事考试院' })
    expect(await done('bureau HR_OFFICER', update, versioned(3, { certificateNumber: null }))).toMatchObject({ version: 4, certificateNumber: null })
    expect(await done('bureau HR_OFFICER', on('qualificationWithdraw', 'QualificationWithdrawInput'), versioned(4, { withdrawnOn: today }))).toMatchObject({ withdrawnOn: today })
    expect(await faults('bureau HR_OFFICER', renew, versioned(5, { registeredOn: today }))).toEqual([fault('LOCKED', 'input.qualificationId')])
  })
})

describe('employments', () => {
  const fields = 'employment { id version kind validFrom validTo unit { id } post { id } socialWorker { id } }'
  const begin = say('employmentBegin', 'EmploymentBeginInput', fields)
  const employ = ({ bureau, worker }: Stage, more: object = {}) => act('a', { unitId: bureau.id, socialWorkerId: worker.id, kind: 'FULL_TIME', validFrom: '2026-01-01', ...more })

  it('begin on a post, move to another one, and end', async () => {
    const stage = await staged()
    const made = await done('bureau HR_OFFICER', begin, employ(stage, { postId: stage.post.id }))
    expect(made).toMatchObject({ version: 1, kind: 'FULL_TIME', validFrom: '2026-01-01', validTo: null, unit: { id: stage.bureau.id }, post: { id: stage.post.id }, socialWorker: { id: stage.worker.id } })
    await replays('bureau HR_OFFICER', begin, employ(stage, { postId: stage.post.id }), { kind: 'UNPAID' })
    const other = await stage.make.post({ unitId: stage.bureau.id })
    const move = say('employmentUpdate', 'EmploymentUpdateInput', fields)
    expect(await done('bureau HR_OFFICER', move, act('b', { employmentId: made.id, expectedVersion: 1, postId: other.id }))).toMatchObject({ version: 2, post: { id: other.id } })
    const close = say('postClose', 'PostCloseInput', 'post { closedOn }')
    expect(await faults('bureau HR_OFFICER', close, act('c', { postId: other.id, expectedVersion: 1, closedOn: '2026-11-30' }))).toEqual([fault('IN_USE', 'input.postId')])
    const end = say('employmentEnd', 'EmploymentEndInput', fields)
    expect(await faults('bureau HR_OFFICER', end, act('d', { employmentId: made.id, expectedVersion: 2, validTo: '2026-01-01' }))).toEqual([fault('OUT_OF_RANGE', 'input.validTo')])
    expect(await done('bureau HR_OFFICER', end, act('e', { employmentId: made.id, expectedVersion: 2, validTo: '2026-11-30' }))).toMatchObject({ version: 3, validTo: '2026-11-30' })
    expect(await done('bureau HR_OFFICER', close, act('f', { postId: other.id, expectedVersion: 1, closedOn: '2026-11-30' }))).toEqual({ closedOn: '2026-11-30' })
    // Who employs whom is no matter of the trail's readers.
    expect((await trail())[0]![2].flatMap(([, , values]) => Object.values(values)).flat().every((value) => value === null)).toBe(true)
  })

  it('of one person never overlap full-time, and nobody learns where the other one is, or that there is one, who may not employ', async () => {
    const stage = await staged()
    await stage.make.employment({ socialWorkerId: stage.worker.id, unitId: stage.school.id, validFrom: '2026-05-01', validTo: '2026-06-01' })
    const overlapping = employ(stage, { validTo: '2026-05-02' })
    expect(await faults('bureau HR_OFFICER', begin, overlapping)).toEqual([fault('OVERLAP', 'input.validFrom')])
    const { data } = await world.as('bureau HR_OFFICER').run(begin.replace(errorFields, 'userErrors { message }'), { input: overlapping })
    expect(data.employmentBegin.userErrors[0].message).toBe('The person has another employment of the kind FULL_TIME from 2026-05-01 to 2026-06-01. It must end first.')
    expect(await refusals(begin, overlapping, ['bureau DIRECTOR', 'school HR_OFFICER', 'worker', 'coordinator'])).toEqual({ 'bureau DIRECTOR': 'FORBIDDEN', 'school HR_OFFICER': 'FORBIDDEN', worker: 'FORBIDDEN', coordinator: 'FORBIDDEN' })
    expect(await done('bureau HR_OFFICER', begin, employ(stage, { validTo: '2026-05-01' }))).toMatchObject({ validTo: '2026-05-01' })
    expect(await done('bureau HR_OFFICER', begin, employ(stage, { idempotencyKey: 'b', kind: 'CONCURRENT', validFrom: '2026-05-10' }))).toMatchObject({ kind: 'CONCURRENT' })
    expect(await faults('bureau HR_OFFICER', begin, employ(stage, { idempotencyKey: 'c', kind: 'CONCURRENT', validFrom: '2026-07-10' }))).toEqual([fault('OVERLAP', 'input.validFrom')])
    await expect(stage.make.employment({ socialWorkerId: stage.worker.id, unitId: stage.bureau.id, validFrom: '2026-05-31' })).rejects.toMatchObject({ constraint: 'employment_one_full_time' })
  })

  it.each([
    ['an end before the start', { validTo: '2026-01-01' }, fault('OUT_OF_RANGE', 'input.validTo')],
    ['a post of another unit', { postId: 'school' }, fault('OUT_OF_RANGE', 'input.postId')],
    ['a post that is closed', { postId: 'closed' }, fault('OUT_OF_RANGE', 'input.postId')],
    ['a day before the unit', { validFrom: '2003-01-01' }, fault('OUT_OF_RANGE', 'input.validFrom')],
  ])('are refused with %s', async (_what, more, expected) => {
    const stage = await staged()
    const postId = 'postId' in more ? more.postId : undefined
    const posts: Record<string, Built> = { school: await stage.make.post({ unitId: stage.school.id }), closed: await stage.make.post({ unitId: stage.bureau.id, closedOn: '2025-01-01' }) }
    expect(await faults('bureau HR_OFFICER', begin, employ(stage, { ...more, ...(postId ? { postId: posts[postId]!.id } : {}) }))).toEqual([expected])
  })
})

test('posts name the initiative that builds them, and count towards it', async () => {
  const { bureau } = await staged()
  const initiative = await world.build.initiative({ leadUnitId: bureau.id })
  const open = say('postOpen', 'PostOpenInput', 'post { id code kind unitType grade openedOn closedOn initiative { id posts { totalCount nodes { code } } } }')
  const input = act('a', { code: ' G-新 ', title: '社区社工', unitId: bureau.id, unitType: 'TOWNSHIP_COMMUNITY', kind: 'DE_FACTO', grade: 'ASSISTANT', openedOn: '2026-03-01', initiativeId: initiative.id })
  expect(await done('bureau HR_OFFICER', open, input)).toMatchObject({ code: 'G-新', kind: 'DE_FACTO', grade: 'ASSISTANT', closedOn: null, initiative: { id: initiative.id, posts: { totalCount: 1, nodes: [{ code: 'G-新' }] } } })
  expect(await faults('bureau HR_OFFICER', open, { ...input, idempotencyKey: 'b' })).toEqual([fault('TAKEN', 'input.code')])
  expect(await faults('bureau HR_OFFICER', open, { ...input, idempotencyKey: 'c', code: 'x', initiativeId: absent('init') })).toEqual([fault('UNKNOWN', 'input.initiativeId')])
})

test('stations serve the division of their unit or one below', async () => {
  const { bureau, province } = await staged()
  const county = await world.build.division({ parentId: province.id })
  const open = say('stationOpen', 'StationOpenInput', 'station { id version code kind unit { id stations { totalCount } } division { id } closedOn }')
  const input = act('a', { code: 'Z-1', name: '社工站', kind: 'SOCIAL_WORK', unitId: bureau.id, divisionId: county.id, openedOn: '2026-03-01' })
  const made = await done('bureau DIRECTOR', open, input)
  expect(made).toMatchObject({ code: 'Z-1', unit: { id: bureau.id, stations: { totalCount: 1 } }, division: { id: county.id }, closedOn: null })
  expect(await faults('bureau DIRECTOR', open, { ...input, idempotencyKey: 'b', code: 'Z-2', divisionId: (await world.build.division()).id })).toEqual([fault('OUT_OF_RANGE', 'input.divisionId')])
  const close = say('stationClose', 'StationCloseInput', 'station { closedOn }')
  expect(await faults('bureau DIRECTOR', close, act('c', { stationId: made.id, expectedVersion: 1, closedOn: '2026-03-01' }))).toEqual([fault('OUT_OF_RANGE', 'input.closedOn')])
  expect(await done('bureau DIRECTOR', close, act('d', { stationId: made.id, expectedVersion: 1, closedOn: '2026-12-31' }))).toEqual({ closedOn: '2026-12-31' })
})
