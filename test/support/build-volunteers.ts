import type { Built } from './build.js'
import { buildPosts } from './build-posts.js'
import type { World } from './world.js'

type Row = Record<string, unknown>
let counter = 0
const next = () => ++counter

/** Makes teams, volunteers and what is kept of them, with all that they need. */
export function buildVolunteers(world: World) {
  const { build } = world
  const one = async (table: string, id: unknown) => (await world.sql<Built>(`select * from "${table}" where id = $1`, [id]))[0]!
  const volunteers = {
    /** Led by a new worker of the unit where no `leaderId` is given. */
    team: async (values: Row): Promise<Built> => {
      const leaderId = values['leaderId'] ?? (await buildPosts(world).worker({ unit: values['unitId'] })).id
      return build.row('volunteer_team', 'vtea', { code: `D-${next()}`, name: `队${counter}`, kind: 'TEAM', foundedOn: '2021-01-01', ...values, leaderId })
    },
    /** Registered, with a name, unless otherwise said. */
    async volunteer({ name = '示志', mobile = null, nationalNumber = null, ...values }: Row): Promise<Built> {
      const team = await one('volunteer_team', values['teamId'])
      const status = values['status'] ?? 'REGISTERED'
      const made = await build.row('volunteer', 'volu', {
        code: `V-${next()}`, unitId: team['unit_id'], origin: 'RESIDENT', noticeFrom: '2026-01-01', noticeTo: '2026-01-08', registeredOn: status === 'REGISTERED' || status === 'WITHDRAWN' ? '2026-01-08' : null,
        registeredNationallyOn: nationalNumber ? '2026-02-01' : null, endedOn: status === 'REFUSED' || status === 'WITHDRAWN' ? '2026-03-01' : null, ...values, status,
      })
      await build.row('volunteer_contact', 'vcon', { volunteerId: made.id, name, mobile, nationalNumber })
      return made
    },
    /** Two hours from nine in the morning on. */
    async service(values: Row): Promise<Built> {
      const volunteer = await one('volunteer', values['volunteerId'])
      const servedOn = (values['servedOn'] as string | undefined) ?? '2026-11-20'
      return build.row('volunteer_service', 'vsvc', { teamId: volunteer['team_id'], unitId: volunteer['unit_id'], startsAt: `${servedOn}T09:00:00+08:00`, endsAt: `${servedOn}T11:00:00+08:00`, hours: '2', activity: '陪伴', ...values, servedOn })
    },
    training: (values: Row): Promise<Built> => build.row('volunteer_training', 'vtrn', { organiser: '示办', organiserType: 'PARTY_GOVERNMENT', title: `班${next()}`, content: '内容', heldOn: '2026-05-05', persons: 20, ...values }),
    commendation: (values: Row): Promise<Built> => build.row('commendation', 'cmdn', { title: `嘉许${next()}`, level: 'COUNTY', awardedBy: '示办', awardedOn: '2026-05-05', ...values }),
    complaint: (values: Row): Promise<Built> => build.row('complaint', 'cplt', { receivedOn: '2026-05-05', text: '投诉', ...values }),
    noticeRule: (values: Row): Promise<Built> => build.row('volunteer_notice_rule', 'vnot', { days: 7, validFrom: '2024-01-01', ...values }),
  }
  return volunteers
}
