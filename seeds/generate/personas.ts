// The people who can sign in to the demo; `bi` is a service token and no person.

export const COMMUNITY = '330106005001-COMMUNITY';
export const AGENCY = '330106-SERVICE_AGENCY';

/** Personas that are people of the network anyway: they only get a login, so that nobody else changes. */
export const LOGINS: readonly { login: string; role: string; unit: string }[] = [{ login: 'finance', role: 'FINANCE_OFFICER', unit: '330106-CIVIL_AFFAIRS' }];

export const PERSONAS: readonly { login: string; roles: string; unit: string }[] = [
  { login: 'coordinator', roles: 'COORDINATOR', unit: '330000-ORGANISATION_DEPARTMENT' },
  { login: 'leader', roles: 'DIRECTOR', unit: '330000-PARTY_COMMITTEE' },
  { login: 'civil-affairs', roles: 'DIRECTOR', unit: '330000-CIVIL_AFFAIRS' },
  { login: 'hr', roles: 'HR_OFFICER;CLERK', unit: '330000-HUMAN_RESOURCES_SOCIAL_SECURITY' },
  { login: 'education', roles: 'DIRECTOR', unit: '330000-EDUCATION' },
  { login: 'union', roles: 'CLERK', unit: '330000-TRADE_UNION' },
  { login: 'youth-league', roles: 'CLERK', unit: '330000-YOUTH_LEAGUE' },
  { login: 'womens-federation', roles: 'CLERK', unit: '330000-WOMENS_FEDERATION' },
  { login: 'county-coordinator', roles: 'COORDINATOR', unit: '330106-ORGANISATION_DEPARTMENT' },
  { login: 'county-civil-affairs', roles: 'DIRECTOR', unit: '330106-CIVIL_AFFAIRS' },
  { login: 'community', roles: 'PRACTITIONER', unit: COMMUNITY },
  { login: 'agency', roles: 'AGENCY_MANAGER', unit: AGENCY },
  { login: 'auditor', roles: 'AUDITOR', unit: '330000-ORGANISATION_DEPARTMENT' },
  { login: 'security-admin', roles: 'SECURITY_ADMIN', unit: '330000-ORGANISATION_DEPARTMENT' },
  { login: 'system-admin', roles: 'SYSTEM_ADMIN', unit: '330000-ORGANISATION_DEPARTMENT' },
];
