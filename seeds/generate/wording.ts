// Titles, requirements and expected results of tasks, filled from the vocabulary so that no two titles are alike.

import type { World } from './divisions.ts';
import { placeName } from './initiatives.ts';
import type { Random } from './prng.ts';
import type { Unit } from './units.ts';
import { CONFIDENTIAL, FOLLOW_UPS, SLOTS, TEMPLATES } from './vocabulary.ts';

export interface Wording { title: string; requirement: string; expectedResult: string; template: string }
export type Worder = (unit: Unit, mechanism: string, confidential: boolean, template?: string) => Wording;

export function worder(world: World, draw: Random): Worder {
  const used = new Set<string>();
  const place = (unit: Unit): string => {
    if (/AGENCY|VOLUNTEER|ASSOCIATION|PUBLIC_INST/.test(unit.kind) && draw.chance(0.5)) return unit.name;
    return unit.division.length === 9 ? placeName(world, unit.division.slice(0, 6)) + placeName(world, unit.division) : placeName(world, unit.division);
  };
  const fill = (template: string, unit: Unit): string[] => {
    const values: Record<string, string> = { d: place(unit) };
    for (const [slot, choices] of Object.entries(SLOTS)) values[slot] = draw.pick(choices);
    if (unit.kind === 'COMMUNITY' && values['u'] !== '社区') values['u'] = '居民楼组';
    return template.replaceAll(/\{(\w)\}/g, (_, slot: string) => values[slot]!).split('|');
  };
  return (unit, mechanism, confidential, fixed) => {
    for (let attempt = 0; attempt < 400; attempt++) {
      const template = fixed !== undefined && attempt < 40 ? fixed : draw.pick(confidential ? CONFIDENTIAL : TEMPLATES[mechanism]!);
      const [title, requirement, expectedResult] = fill(template, unit) as [string, string, string];
      if (used.has(title)) continue;
      used.add(title);
      return { title, requirement: `${requirement}。${draw.pick(FOLLOW_UPS)}`, expectedResult, template };
    }
    throw new Error(`no wording left for ${unit.code} ${mechanism}`);
  };
}
