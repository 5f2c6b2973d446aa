import { everyRole, ordinary, type Standing } from './viewer.js'

const reads = (...roles: Standing[]): readonly Standing[] => roles
// A DIRECTOR of the LEADERSHIP unit reads what that division's coordinator reads, and does none of what it does.
const coordination = reads('COORDINATOR', 'LEADERSHIP_DIRECTOR')
const handlers = reads('DIRECTOR', 'CLERK')

/** Every permission word and the roles that hold it. A word that no role holds stops the start. */
export const permissions = {
  'unit:be': everyRole,
  'work:takePart': ordinary,
  'work:observe': ['AUDITOR', 'BI_READER'],
  'person:readDirectory': [...everyRole.filter((role) => role !== 'BI_READER'), 'WITHOUT_ROLE'],
  'person:readContact': everyRole.filter((role) => role !== 'BI_READER'),
  'person:readContactInDivision': coordination,
  'person:readIdentity': ['HR_OFFICER'],
  'person:keep': ['HR_OFFICER'],
  'structure:keep': ['SYSTEM_ADMIN'],
  'rights:keep': ['SECURITY_ADMIN'],
  'coordination:read': coordination,
  'initiative:coordinate': ['COORDINATOR'],
  'initiative:lead': ['DIRECTOR'],
  'task:coordinate': ['COORDINATOR'],
  'task:propose': handlers,
  'task:decompose': handlers,
  'task:issueToChildren': ['DIRECTOR'],
  'task:approveForCoordinator': ['LEADERSHIP_DIRECTOR'],
  'assignment:handle': handlers,
  'conference:keep': ['COORDINATOR'],
  'conference:run': handlers,
  'evidence:read': everyRole.filter((role) => role !== 'BI_READER'),
  'score:keep': ['COORDINATOR'],
  'score:appeal': ['DIRECTOR'],
  'staff:read': ['HR_OFFICER', 'DIRECTOR', 'AGENCY_MANAGER'],
  'staff:keep': ['HR_OFFICER', 'AGENCY_MANAGER'],
  'station:keep': ['DIRECTOR'],
  'record:keepOwn': ['PRACTITIONER'],
  'record:readOfUnit': ['DIRECTOR'],
  'plan:decide': ['DIRECTOR'],
  'period:lock': ['DIRECTOR'],
  'period:lockStaff': ['HR_OFFICER'],
  'period:lockMoney': ['FINANCE_OFFICER'],
  'activity:report': handlers,
  'money:read': ['FINANCE_OFFICER', 'DIRECTOR'],
  'money:keep': ['FINANCE_OFFICER'],
  'training:keep': ['DIRECTOR', 'CLERK', 'HR_OFFICER'],
  'supervisor:keep': ['DIRECTOR', 'HR_OFFICER'],
  'supervision:pair': ['DIRECTOR'],
  'supervision:hold': ['PRACTITIONER'],
  'project:carry': ['DIRECTOR', 'AGENCY_MANAGER'],
  'project:carryMoney': ['DIRECTOR', 'FINANCE_OFFICER', 'AGENCY_MANAGER'],
  'project:judge': ['DIRECTOR'],
  'pay:read': ['HR_OFFICER'],
  'pay:keep': ['HR_OFFICER'],
  'pay:publish': ['COORDINATOR'],
  'aggregate:read': ['BI_READER'],
  'volunteer:lead': ['PRACTITIONER'],
  'volunteer:settle': ['DIRECTOR'],
  'contract:read': ['FINANCE_OFFICER', 'DIRECTOR', 'AGENCY_MANAGER'],
  'bid:make': ['AGENCY_MANAGER'],
  'return:submit': ['COORDINATOR'],
  'approval:give': ['COORDINATOR'],
  'approval:giveProvincial': ['LEADERSHIP_DIRECTOR'],
  'agency:readStaff': ['AGENCY_MANAGER', 'DIRECTOR'],
  'agency:report': ['AGENCY_MANAGER'],
  'audit:read': ['AUDITOR'],
  'schema:introspect': ['SYSTEM_ADMIN'],
} as const satisfies Record<string, readonly Standing[]>

export type Permission = keyof typeof permissions

for (const [word, roles] of Object.entries(permissions)) {
  if (roles.length === 0) throw new Error(`permission "${word}" is held by no role`)
}
