// Asserts the rules of the demo network over the CSVs as written and prints counts; ends with 1 when a rule is broken.
// Run with `node_modules/.bin/node seeds/check.ts`.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { seedFile } from './generate/csv.ts';
import { FILES, must, outcome } from './check/load.ts';
import { checkCalendar, checkDeductions, checkDueDays, checkSupervision } from './check/rules.ts';
import { checkConferences } from './check/conferences.ts';
import { checkDivisions, checkDocuments, checkMandates, checkPeople, checkUnits } from './check/structure.ts';
import { checkInitiatives, checkTasks } from './check/work.ts';

const divisions = checkDivisions();
const units = checkUnits(divisions);
const documents = checkDocuments(units);
const mandates = checkMandates(units, documents);
const staffed = checkPeople(units);
const initiatives = checkInitiatives(divisions, units, documents);
checkTasks(divisions, units, initiatives, staffed);
checkDueDays(checkCalendar());
const policies = checkSupervision(divisions, documents);
checkConferences(units, documents, staffed);
checkDeductions(divisions, documents);

let size = 0;
for (const name of Object.keys(FILES)) {
  const bytes = readFileSync(seedFile(`${name}.csv`));
  size += bytes.length;
  const lines = bytes.toString('utf8').split('\n').length - 2;
  console.log(`${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}  ${name}.csv  ${lines} rows`);
}
must(size < 14_000_000, 'below 14 MB together');

const { asserted, broken } = outcome();
console.log(`${units.size} units, ${mandates} mandates, ${policies} policies of supervision, ${size} bytes; ${asserted} assertions, ${broken.length} broken`);
for (const rule of broken.slice(0, 40)) console.error(`broken: ${rule}`);
process.exitCode = broken.length === 0 ? 0 : 1;
