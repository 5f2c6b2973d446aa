import { createHash } from 'node:crypto'
import { enumeration } from '../kernel/entity.js'

export const Role = enumeration('Role', 'What an appointment lets a person do (岗位角色). Rights follow the role together with its unit.', {
  COORDINATOR: 'Coordination office (协调办): acts while its unit holds OVERALL_COORDINATION of its division',
  DIRECTOR: 'Head of the unit (单位负责人)',
  CLERK: 'Case handler of the unit (经办)',
  HR_OFFICER: 'Personnel officer of the unit (人事干部)',
  FINANCE_OFFICER: 'Finance officer of the unit (财务)',
  PRACTITIONER: 'Social worker (社会工作者)',
  AGENCY_MANAGER: 'Head of a private agency (机构负责人)',
  BI_READER: 'Data analysis (数据分析): flat views and aggregates, no field of a person',
  AUDITOR: 'Audit administrator (审计管理员); excludes every other role',
  SECURITY_ADMIN: 'Security administrator (安全管理员); excludes every other role',
  SYSTEM_ADMIN: 'System administrator (系统管理员); excludes every other role',
})
export type Role = keyof typeof Role

/** The three that exclude each other and every other role (三员分立). */
export const separatedRoles: readonly Role[] = ['AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']

/**
 * A role as it counts today. Two are derived when the viewer is loaded:
 * `LEADERSHIP_DIRECTOR` comes beside DIRECTOR in the unit that holds LEADERSHIP of its division: it reads what the coordinator reads;
 * `COORDINATOR_WITHOUT_MANDATE` stands instead of COORDINATOR where the unit does not hold OVERALL_COORDINATION: an ordinary member of the unit.
 * A person signed in without any role in force stands as `WITHOUT_ROLE`: the directory is for every signed-in viewer.
 */
export type Standing = Role | 'LEADERSHIP_DIRECTOR' | 'COORDINATOR_WITHOUT_MANDATE' | 'WITHOUT_ROLE'

/** Roles that take part in the work; the others have readings of their own. */
export const ordinary: readonly Standing[] = [
  'COORDINATOR', 'COORDINATOR_WITHOUT_MANDATE', 'DIRECTOR', 'LEADERSHIP_DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER',
]
export const everyRole: readonly Standing[] = [...ordinary, 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']

/** One role in one unit, in force today, with the unit's place in both trees. */
export interface Post {
  role: Standing
  unitId: string
  /** Path of the unit by line, itself last: `/unit_a/unit_b/`. */
  linePath: string
  /** Path of the unit's division, itself last: `/330000/330100/`. */
  divisionPath: string
}

export interface Viewer {
  readonly kind: 'anonymous' | 'person' | 'service'
  /** The person, or null for a service token: `self` is false for it. */
  readonly personId: string | null
  readonly tokenId: string | null
  readonly posts: readonly Post[]
  /** All that compiled access may depend on: kind and set of roles. */
  readonly kindKey: string
  readonly roles: ReadonlySet<Standing>
}

export function viewerOf(kind: Viewer['kind'], identity: { personId?: string; tokenId?: string }, posts: readonly Post[]): Viewer {
  const roles = new Set<Standing>(posts.length === 0 && kind === 'person' ? ['WITHOUT_ROLE'] : posts.map((post) => post.role))
  return {
    kind,
    personId: identity.personId ?? null,
    tokenId: identity.tokenId ?? null,
    posts,
    roles,
    kindKey: `${kind}:${[...roles].sort().join('+')}`,
  }
}

export const anonymous: Viewer = viewerOf('anonymous', {}, [])

/** The units in which the viewer holds one of the roles. */
export const unitsWith = (viewer: Viewer, roles: readonly Standing[]): string[] =>
  [...new Set(viewer.posts.filter((post) => roles.includes(post.role)).map((post) => post.unitId))]

/** A digest of all that decides what a viewer may see: another one is, for what began earlier, somebody else. */
export const standingOf = ({ personId, tokenId, posts }: Viewer): string => createHash('sha256').update(JSON.stringify([personId, tokenId, posts])).digest('hex')
