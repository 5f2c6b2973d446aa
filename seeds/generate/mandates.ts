// Who was in charge of what, and when: the working pattern of 2008, the merger of 2009 and the Party social-work departments of 2023.

import { writeCsv } from './csv.ts';
import { HOME, NEIGHBOUR } from './divisions.ts';
import type { World } from './divisions.ts';
import { MERGER_2009, NEIGHBOUR_BASIS, PATTERN_2008, SOCIAL_WORK_2023 } from './documents.ts';
import type { Units } from './units.ts';

const PATTERN = '2008-03-01';
const MERGER = '2009-06-01';
const SOCIAL_WORK = '2023-07-01';

type Basis = typeof NEIGHBOUR_BASIS;
interface Entry { kind: string; role: string; mechanisms: string[]; from: string; to: string; basis: keyof Basis }

const entry = (kind: string, role: string, mechanisms: string, from: string, to: string, basis: keyof Basis): Entry =>
  ({ kind, role, mechanisms: mechanisms.split(' '), from, to, basis });

const DUTIES = 'ORGANISATION_LEADERSHIP PROFESSIONAL_POSTS FUNDING SERVICE_AGENCIES CAPABILITY';
const ENTRIES: Entry[] = [
  entry('PARTY_COMMITTEE', 'LEADERSHIP', '', PATTERN, '', 'pattern'),
  entry('ORGANISATION_DEPARTMENT', 'OVERALL_COORDINATION', '', PATTERN, '', 'pattern'),
  entry('HUMAN_RESOURCES', 'RESPONSIBLE', 'PROFESSIONAL_POSTS CAPABILITY', PATTERN, MERGER, 'pattern'),
  entry('LABOUR_SOCIAL_SECURITY', 'RESPONSIBLE', 'REMUNERATION', PATTERN, MERGER, 'pattern'),
  entry('HUMAN_RESOURCES_SOCIAL_SECURITY', 'RESPONSIBLE', 'PROFESSIONAL_POSTS REMUNERATION CAPABILITY', MERGER, '', 'merger'),
  entry('CIVIL_AFFAIRS', 'RESPONSIBLE', DUTIES, PATTERN, SOCIAL_WORK, 'pattern'),
  entry('CIVIL_AFFAIRS', 'COOPERATING', DUTIES, SOCIAL_WORK, '', 'socialWork'),
  entry('PARTY_SOCIAL_WORK', 'RESPONSIBLE', DUTIES, SOCIAL_WORK, '', 'socialWork'),
  entry('EDUCATION', 'RESPONSIBLE', 'CAPABILITY', PATTERN, '', 'pattern'),
  entry('JUSTICE', 'COOPERATING', 'PROFESSIONAL_POSTS', PATTERN, '', 'pattern'),
  entry('HEALTH', 'COOPERATING', 'PROFESSIONAL_POSTS CAPABILITY', PATTERN, '', 'pattern'),
  entry('FINANCE', 'COOPERATING', 'FUNDING', MERGER, '', 'merger'),
  entry('TRADE_UNION', 'COOPERATING', 'REMUNERATION CAPABILITY', PATTERN, '', 'pattern'),
  entry('YOUTH_LEAGUE', 'COOPERATING', 'PROFESSIONAL_POSTS', PATTERN, '', 'pattern'),
  entry('WOMENS_FEDERATION', 'COOPERATING', 'SERVICE_AGENCIES', PATTERN, '', 'pattern'),
];

export function buildMandates(world: World, units: Units): number {
  const basis: Record<string, Basis> = { [HOME.slice(0, 2)]: { pattern: PATTERN_2008, merger: MERGER_2009, socialWork: SOCIAL_WORK_2023 }, [NEIGHBOUR.slice(0, 2)]: NEIGHBOUR_BASIS };
  const divisions = [HOME, ...world.prefectures.map((d) => d.code), ...world.counties.map((d) => d.code), NEIGHBOUR, '320100'];
  const rows: object[] = [];
  for (const division of divisions) {
    for (const { kind, role, mechanisms, from, to, basis: key } of ENTRIES) {
      const unit = units.at(division, kind);
      if (unit === undefined) continue;
      for (const mechanism of mechanisms) rows.push({ unit: unit.code, mechanism, role, from, to, basis: basis[division.slice(0, 2)]![key] });
    }
  }
  writeCsv('mandates.csv', 'unit,mechanism,role,from,to,basis', rows);
  return rows.length;
}
