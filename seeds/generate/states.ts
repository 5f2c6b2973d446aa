// Which state a task may be in, given its initiative or its parent, and the days that go with it.

import { addDays, anyWorkday, earlier, later } from './dates.ts';
import type { Random } from './prng.ts';

export type Mode = 'past' | 'late' | 'future';
type Weights = readonly (readonly [string, number])[];

const DONE: Weights = [['CLOSED past', 9], ['TERMINATED past', 1]];
export const ROOT: Record<string, Weights> = {
  ACTIVE: [
    ['CLOSED past', 20], ['COMPLETED past', 6], ['REPORTED late', 3], ['REPORTED future', 4], ['RETURNED late', 2], ['RETURNED future', 2], ['IN_PROGRESS late', 12], ['IN_PROGRESS future', 22],
    ['ACCEPTED late', 2], ['ACCEPTED future', 6], ['ISSUED late', 2], ['ISSUED future', 6], ['PENDING_ISSUE future', 4], ['DRAFT future', 2], ['SUSPENDED future', 2], ['TERMINATED past', 2],
  ],
  PLANNED: [['DRAFT future', 3], ['PENDING_ISSUE future', 2]], DRAFT: [['DRAFT future', 1]], CLOSED: DONE, CANCELLED: [['TERMINATED past', 4], ['CLOSED past', 3]],
  SUSPENDED: [['SUSPENDED future', 5], ['CLOSED past', 3], ['TERMINATED past', 1]],
};

const RUNNING: Weights = [
  ['CLOSED past', 18], ['COMPLETED past', 7], ['REPORTED', 9], ['RETURNED', 5], ['IN_PROGRESS', 42], ['ACCEPTED', 8], ['ISSUED', 9], ['PENDING_ISSUE future', 2], ['DRAFT future', 2], ['TERMINATED past', 1],
];
const CHILD: Record<string, Weights> = {
  ACCEPTED: [['ISSUED', 2], ['ACCEPTED', 1], ['DRAFT future', 1]], IN_PROGRESS: RUNNING, RETURNED: RUNNING, REPORTED: [['CLOSED past', 5], ['COMPLETED past', 3], ['REPORTED', 3]], COMPLETED: [['CLOSED past', 3], ['COMPLETED past', 1]],
  CLOSED: [['CLOSED past', 1]], SUSPENDED: [['SUSPENDED', 4], ['CLOSED past', 1]], TERMINATED: [['TERMINATED past', 3], ['CLOSED past', 1]],
};
export const divisible = (status: string): boolean => status in CHILD;

export interface Placed { status: string; issuedOn: string; dueOn: string }
const LAST = '2026-11-13';

/** Days of a task in [low, high]: the due day past, late (past but not long ago) or ahead, the issue day before it; undefined when none fit. */
export function place(draw: Random, choice: string, low: string, high: string): Placed | undefined {
  const [status, mode] = choice.split(' ') as [string, Mode];
  const first = addDays(low, 12);
  const window: Record<Mode, [string, string]> = {
    past: [first, earlier(high, LAST)], late: [later(first, '2026-07-01'), earlier(high, LAST)], future: [later(first, '2026-11-17'), earlier(high, later('2027-06-30', addDays(low, 150)))],
  };
  const dueOn = anyWorkday(draw, ...window[mode]);
  if (dueOn === undefined) return undefined;
  if (status === 'DRAFT' || status === 'PENDING_ISSUE') return { status, issuedOn: '', dueOn };
  const latest = status === 'ISSUED' ? LAST : status === 'ACCEPTED' ? '2026-11-10' : '2026-10-30';
  const issuedOn = anyWorkday(draw, later(low, addDays(dueOn, -150)), earlier(addDays(dueOn, -8), latest));
  return issuedOn === undefined ? undefined : { status, issuedOn, dueOn };
}

export function placeRoot(draw: Random, weights: Weights, low: string, high: string): Placed | undefined {
  for (let attempt = 0; attempt < 12; attempt++) {
    const placed = place(draw, draw.weighted(weights), low, high);
    if (placed !== undefined) return placed;
  }
  return undefined;
}

export function placeChild(draw: Random, parent: Placed): Placed | undefined {
  for (let attempt = 0; attempt < 12; attempt++) {
    let choice = draw.weighted(CHILD[parent.status]!);
    if (!choice.includes(' ')) choice += parent.dueOn < LAST || draw.chance(choice === 'SUSPENDED' ? 0 : 0.2) ? ' late' : ' future';
    const placed = place(draw, choice, parent.issuedOn, parent.dueOn);
    if (placed !== undefined) return placed;
  }
  return undefined;
}
