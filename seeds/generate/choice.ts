// Which units a task goes to: by mechanism and level for root tasks, below the decomposing unit (by line, or by division) for child tasks.

import type { World } from './divisions.ts';
import type { Initiative } from './initiatives.ts';
import { leadOf, participantsOf } from './initiatives.ts';
import type { Random } from './prng.ts';
import type { Unit, Units } from './units.ts';

const FITTING: Record<string, readonly string[]> = {
  ORGANISATION_LEADERSHIP: ['PARTY_SOCIAL_WORK', 'CIVIL_AFFAIRS', 'POLITICAL_LEGAL', 'PETITIONS', 'EDUCATION', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'PARTY_SOCIAL_WORK', 'PARTY_COMMITTEE'],
  PROFESSIONAL_POSTS: ['PARTY_SOCIAL_WORK', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'CIVIL_AFFAIRS', 'HEALTH', 'JUSTICE', 'YOUTH_LEAGUE', 'DISABLED_FEDERATION', 'PUBLIC_SECURITY', 'TRADE_UNION', 'WOMENS_FEDERATION'],
  FUNDING: ['FINANCE', 'CIVIL_AFFAIRS', 'PARTY_SOCIAL_WORK', 'DISABLED_FEDERATION'],
  REMUNERATION: ['HUMAN_RESOURCES_SOCIAL_SECURITY', 'FINANCE', 'TRADE_UNION', 'PARTY_SOCIAL_WORK'],
  SERVICE_AGENCIES: ['CIVIL_AFFAIRS', 'PARTY_SOCIAL_WORK', 'WOMENS_FEDERATION', 'FINANCE', 'ASSOCIATION'],
  CAPABILITY: ['EDUCATION', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'CIVIL_AFFAIRS', 'PARTY_SOCIAL_WORK', 'YOUTH_LEAGUE', 'HEALTH', 'WOMENS_FEDERATION'],
};
const PARTNER = /SERVICE_AGENCY|VOLUNTEER|ASSOCIATION|PUBLIC_INSTITUTION|^COMMUNITY$/;
export const BY_DIVISION = /^(PARTY_COMMITTEE|SUBDISTRICT_TOWN|ORGANISATION_DEPARTMENT)$/;

export interface Chooser {
  /** Lead and co-operating units of a root task issued by `issuer`. */
  root(issuer: Unit, mechanism: string, initiative: Initiative | undefined): Unit[];
  /** Units that `unit` may decompose an assignment to. */
  below(unit: Unit): Unit[];
  /** How many units co-operate. */
  count(): number;
}

export function chooser(world: World, units: Units, draw: Random): Chooser {
  const open = (list: Unit[]): Unit[] => list.filter((u) => u.endedOn === '');
  const present = (division: string, kinds: readonly string[]): Unit[] => kinds.map((kind) => units.at(division, kind)).filter((u) => u !== undefined && u.endedOn === '') as Unit[];
  const count = (): number => draw.weighted([[0, 30], [1, 30], [2, 22], [3, 11], [4, 7]] as const);
  const distinct = (list: Unit[]): Unit[] => [...new Set(list)];

  const lead = (issuer: Unit, mechanism: string): Unit => {
    const level = world.divisions.get(issuer.division)!.level;
    const own = present(issuer.division, FITTING[mechanism]!);
    const inside = open(units.within(issuer.division)).filter((u) => u !== issuer);
    const roll = draw.next();
    if (level === 'COUNTY') {
      const towns = inside.filter((u) => u.kind === 'SUBDISTRICT_TOWN');
      const partners = inside.filter((u) => PARTNER.test(u.kind));
      if (roll < 0.24 && towns.length > 0) return draw.pick(towns);
      if (roll < 0.46 && partners.length > 0) return draw.pick(partners);
    } else {
      const next = inside.filter((u) => world.divisions.get(u.division)!.parent === issuer.division && (u.kind === 'ORGANISATION_DEPARTMENT' || FITTING[mechanism]!.includes(u.kind)));
      const partners = inside.filter((u) => u.division === issuer.division && PARTNER.test(u.kind));
      if (roll < 0.3 && next.length > 0) return draw.chance(0.4) ? draw.pick(next.filter((u) => u.kind === 'ORGANISATION_DEPARTMENT')) : draw.pick(next);
      if (roll < 0.38 && partners.length > 0) return draw.pick(partners);
    }
    return draw.pick(own.filter((u) => u !== issuer));
  };

  return {
    count,
    below: (unit) => {
      if (unit.kind === 'SUBDISTRICT_TOWN') return open(units.below(unit));
      if (!BY_DIVISION.test(unit.kind)) return open(units.below(unit));
      const level = world.divisions.get(unit.division)!.level;
      const inside = open(units.within(unit.division)).filter((u) => u !== unit);
      if (level === 'COUNTY') return inside.filter((u) => u.kind === 'SUBDISTRICT_TOWN' || PARTNER.test(u.kind) || u.division === unit.division);
      return inside.filter((u) => world.divisions.get(u.division)!.parent === unit.division && /ORGANISATION_DEP|PARTY_SOCIAL|CIVIL_AFFAIRS|HUMAN_RESOURCES_SOCIAL/.test(u.kind));
    },
    root: (issuer, mechanism, initiative) => {
      const coordinates = issuer.kind === 'ORGANISATION_DEPARTMENT';
      if (!coordinates && initiative !== undefined) {
        const joined = participantsOf(initiative).map((code) => units.by.get(code)!).filter((u) => u !== issuer && !/PARTY_COMMITTEE|ORGANISATION_DEP/.test(u.kind));
        const able = distinct([...joined, ...open(units.below(issuer))]);
        return able.length === 0 ? [] : draw.sample(able, 1 + count());
      }
      const first = lead(issuer, mechanism);
      const peers = distinct([
        ...present(issuer.division, FITTING[mechanism]!), ...present(first.division, FITTING[mechanism]!),
        ...(initiative === undefined ? [] : [leadOf(initiative), ...participantsOf(initiative)].map((code) => units.by.get(code)!)),
      ]).filter((u) => u !== issuer && u !== first && u.kind !== 'PARTY_COMMITTEE' && u.kind !== 'ORGANISATION_DEPARTMENT');
      return [first, ...draw.sample(peers, count())];
    },
  };
}
