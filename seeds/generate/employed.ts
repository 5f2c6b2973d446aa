// The social workers of the demo network, as their own files tell them: who is employed where today, how, and with which credential.

import { readCsv } from './csv.ts';
import { AS_OF } from './dates.ts';

export interface Worker { person: string; unit: string; kind: string; from: string; level: string; registeredOn: string }

const inForce = (from: string, to: string): boolean => from <= AS_OF && (to === '' || AS_OF < to);
const LEVELS = ['', 'ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'];

/** One a person: the full-time employment before others, and the highest credential. */
export function readWorkers(): Worker[] {
  const credentials = new Map<string, { level: string; registeredOn: string }>();
  for (const row of readCsv('qualifications.csv')) {
    const known = credentials.get(row['socialWorker']!);
    if (row['kind'] !== 'CREDENTIAL' || row['withdrawnOn'] !== '' || (known && LEVELS.indexOf(known.level) >= LEVELS.indexOf(row['level']!))) continue;
    credentials.set(row['socialWorker']!, { level: row['level']!, registeredOn: row['registeredOn']! });
  }
  const workers = new Map<string, Worker>();
  for (const row of readCsv('employments.csv')) {
    if (!inForce(row['validFrom']!, row['validTo']!)) continue;
    const known = workers.get(row['socialWorker']!);
    if (known && (known.kind === 'FULL_TIME' || row['kind'] !== 'FULL_TIME')) continue;
    const credential = credentials.get(row['socialWorker']!);
    workers.set(row['socialWorker']!, { person: row['socialWorker']!, unit: row['unit']!, kind: row['kind']!, from: row['validFrom']!, level: credential?.level ?? '', registeredOn: credential?.registeredOn ?? '' });
  }
  return [...workers.values()];
}
