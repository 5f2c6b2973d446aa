import { beforeEach } from '@jest/globals'
import type { Built } from '../support/build.js'
import type { World } from '../support/world.js'
import { tell, type Actor, type Ref } from './acts.js'

const bodies = {
  committee: ['省委', 'PARTY_COMMITTEE'], office: ['省委组织部', 'ORGANISATION_DEPARTMENT'], civil: ['省民政厅', 'CIVIL_AFFAIRS'], personnel: ['省人社厅', 'HUMAN_RESOURCES_SOCIAL_SECURITY'],
  education: ['省教育厅', 'EDUCATION'], justice: ['省司法厅', 'JUSTICE'], union: ['省总工会', 'TRADE_UNION'],
  cityOffice: ['市委组织部', 'ORGANISATION_DEPARTMENT'], cityCivil: ['市民政局', 'CIVIL_AFFAIRS'], neighbour: ['邻市民政局', 'CIVIL_AFFAIRS'],
  countyOffice: ['县委组织部', 'ORGANISATION_DEPARTMENT'], countyCivil: ['县民政局', 'CIVIL_AFFAIRS'],
} as const
export type Body = keyof typeof bodies

/** A province with a prefecture and a county, each with its coordinating unit; `neighbour` is another prefecture's, outside every line. */
export interface Scene {
  divisions: Record<'province' | 'city' | 'neighbouringCity' | 'county', Built>
  units: Record<Body, Built>
  /** By login: the DIRECTOR `civil`, the CLERK `civil clerk`, and so on. */
  people: Record<string, Built>
  /** Whoever has that login, acting through the API. */
  as(login: string): Actor
}

/**
 * Makes the scene anew before each test. Units have three working days to accept and report every ten; 1 January 2027 is a holiday.
 * Logins: `coordinator`, `city coordinator`, `county coordinator`, `leader` (DIRECTOR of the Party committee), `auditor`, `system administrator`, each body's name for its
 * DIRECTOR and, with ` clerk`, for its CLERK.
 */
export function useScene(world: World, title: string): Scene {
  const scene = { as: tell(world, title) } as Scene
  beforeEach(async () => {
    const { build } = world
    const province = await build.division({ code: '330000', name: '示例省' })
    const [city, neighbouringCity] = [await build.division({ code: '330100', name: '示例市', level: 'PREFECTURE', parentId: province.id }), await build.division({ code: '330200', name: '邻市', level: 'PREFECTURE', parentId: province.id })]
    scene.divisions = { province, city, neighbouringCity, county: await build.division({ code: '330102', name: '示例县', parentId: city.id }) }
    scene.units = {} as Scene['units']
    scene.people = {}
    const { divisions, units, people } = scene
    const placeOf = (body: Body) => (body.startsWith('city') ? divisions.city : body.startsWith('county') ? divisions.county : body === 'neighbour' ? divisions.neighbouringCity : divisions.province)
    const lines: Partial<Record<Body, Body>> = { cityCivil: 'civil', countyCivil: 'cityCivil' }
    for (const [body, [name, kind]] of Object.entries(bodies) as [Body, readonly [string, string]][]) {
      const above = lines[body]
      units[body] = await build.unit({ name, kind, divisionId: placeOf(body).id, ...(above ? { lineParentId: units[above].id } : {}) })
      people[body] = await build.person({ login: body, unit: units[body].id, role: 'DIRECTOR' })
      people[`${body} clerk`] = await build.person({ login: `${body} clerk`, unit: units[body].id, role: 'CLERK' })
    }
    await build.mandate({ unitId: units.committee.id, role: 'LEADERSHIP' })
    people['leader'] = await build.person({ login: 'leader', unit: units.committee.id, role: 'DIRECTOR' })
    for (const [login, body] of [['coordinator', 'office'], ['city coordinator', 'cityOffice'], ['county coordinator', 'countyOffice']] as const) {
      await build.mandate({ unitId: units[body].id, role: 'OVERALL_COORDINATION' })
      people[login] = await build.person({ login, unit: units[body].id, role: 'COORDINATOR' })
    }
    await build.person({ login: 'auditor', unit: units.office.id, role: 'AUDITOR' })
    await build.person({ login: 'system administrator', unit: units.office.id, role: 'SYSTEM_ADMIN' })
    await build.calendar()
    const [year] = await world.sql<{ id: string }>('select id from calendar_year where year = 2027')
    await build.row('calendar_day', 'cald', { yearId: year!.id, on: '2027-01-01', kind: 'HOLIDAY', name: '元旦' })
    await build.row('supervision_policy', 'supp', { divisionId: province.id, name: '督查规则', validFrom: '2020-01-01', basisId: (await build.document()).id, acceptWithinDays: 3, reportEveryDays: 10 })
  })
  return scene
}

/** The track of a unit on a task, by the unit's name. */
export const trackOf = (task: Ref, unit: Built): Ref => task['assignments'].find((one: Ref) => one['unit'].name === unit['name'])
