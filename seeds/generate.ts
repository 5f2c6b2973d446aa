// Writes the demo network: the same bytes every time. Run with `node_modules/.bin/node seeds/generate.ts`, then check with `seeds/check.ts`.

import { buildCalendar } from './generate/calendar.ts';
import { buildAgencies, buildContracts, buildRegister } from './generate/contracts.ts';
import { buildCapability } from './generate/capability.ts';
import { buildConferences } from './generate/conferences.ts';
import { buildDeductions } from './generate/deductions.ts';
import { buildDivisions } from './generate/divisions.ts';
import { buildDocuments } from './generate/documents.ts';
import { readWorkers } from './generate/employed.ts';
import { buildInitiatives } from './generate/initiatives.ts';
import { buildMandates } from './generate/mandates.ts';
import { buildMoney, buyers, writeLines } from './generate/money.ts';
import { buildPay } from './generate/pay.ts';
import { buildPeople } from './generate/people.ts';
import { buildReports } from './generate/reports.ts';
import { buildReturnForms } from './generate/return-form.ts';
import { buildServices } from './generate/services.ts';
import { buildSupervision } from './generate/supervision.ts';
import { buildTasks } from './generate/tasks.ts';
import { buildThresholds } from './generate/thresholds.ts';
import { buildUnits } from './generate/units.ts';
import { buildWorkers } from './generate/workers.ts';
import { buildWorklogs } from './generate/worklogs.ts';
import { buildVolunteers } from './generate/volunteers.ts';

const world = buildDivisions();
const units = buildUnits(world);
const documents = buildDocuments(units);
const people = buildPeople(units);
const mandates = buildMandates(world, units);
const initiatives = buildInitiatives(world, units, documents);
const { tasks, assignments } = buildTasks(world, units, people, initiatives);
const calendar = buildCalendar();
const supervision = buildSupervision();
const deductions = buildDeductions();
const conferences = buildConferences(world, units, people, tasks, assignments);
const workers = buildWorkers(units, people, initiatives);
const worklogs = buildWorklogs(workers.employed);
const services = buildServices(units, people, workers.employed, initiatives);
const reports = buildReports(world, units);
const agencies = buildAgencies(world, units);
const register = buildRegister(agencies, buyers(world, units));
const { lines, ...budgets } = buildMoney(world, units, initiatives);
const contracts = buildContracts(lines, agencies, units);
writeLines(lines);
const employed = readWorkers();
const forms = buildReturnForms();
const strength = { ...buildVolunteers(units, employed), ...buildCapability(units, employed), ...buildPay(units, employed), ...buildThresholds() };

console.log(Object.entries({
  divisions: world.divisions.size - world.communities.length, communities: world.communities.length, units: units.list.length, documents: documents.length,
  people: people.length, mandates, calendar, supervision, deductions, initiatives: initiatives.length, tasks: tasks.length, assignments: assignments.length,
  'budget-lines': lines.length, ...budgets, ...register, ...contracts,
  ...conferences, ...workers.counts, worklogs, ...services, ...reports, ...strength, 'return-forms': forms,
}).map(([name, count]) => `${name} ${count}`).join('\n'));
