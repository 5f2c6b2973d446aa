// Surveys of needs, consultations, service plans and records. Some plans rest on both and some on nothing; some are empty: approved, and nothing was ever given under them.

import { writeCsv } from './csv.ts';
import { AS_OF, addDays, anyDay, earlier } from './dates.ts';
import type { Initiative } from './initiatives.ts';
import { currentStaff, type Person } from './people.ts';
import { random } from './prng.ts';
import type { Units } from './units.ts';
import type { Employed } from './workers.ts';

const GROUPS = ['独居老人', '困境儿童', '残疾人家庭', '社区矫正对象', '随迁子女', '失独家庭', '低保家庭', '青少年'];
const NEEDS: Record<string, string> = { 独居老人: '助餐与陪伴', 困境儿童: '课后照护', 残疾人家庭: '喘息服务', 社区矫正对象: '就业帮扶', 随迁子女: '学业支持', 失独家庭: '心理支持', 低保家庭: '增能', 青少年: '暑期托管' };

export function buildServices(units: Units, people: Person[], employed: readonly Employed[], initiatives: Initiative[]): Record<string, number> {
  const draw = random('services');
  const heads = currentStaff(people);
  const headOf = (unit: string) => heads.get(unit)?.find(({ roles }) => roles.includes('DIRECTOR'))?.code ?? '';
  const at = employed.filter(({ kind, to, from, unit }) => kind === 'FULL_TIME' && to === '' && from < '2026-01-01' && headOf(unit) !== '');
  const ongoing = initiatives.filter(({ status }) => status === 'ACTIVE');
  const [surveys, consultations, plans, records]: Record<string, string | number>[][] = [[], [], [], []];
  for (const one of draw.sample([...at], 460)) {
    const group = draw.pick(GROUPS);
    const place = units.by.get(one.unit)!;
    const startedOn = anyDay(draw, '2026-01-05', '2026-06-30');
    const finishedOn = addDays(startedOn, draw.int(10, 45));
    const outcome = draw.weighted([['FINISHED', 62], ['RUNNING', 8], ['CANCELLED', 5], ['NONE', 25]] as const);
    const survey = outcome === 'NONE' ? '' : `DY-2026-${String(surveys!.length + 1).padStart(3, '0')}`;
    const isFinished = outcome === 'FINISHED';
    if (survey !== '') surveys!.push({ code: survey, unit: one.unit, socialWorker: one.person, division: place.division, title: `${place.name}${group}需求调研`, status: outcome, startedOn, finishedOn: isFinished ? finishedOn : '', finishedBy: isFinished ? one.person : '', respondents: isFinished ? draw.int(18, 320) : '', findings: isFinished ? `${group}最需要的是${NEEDS[group]}。` : '' });
    const plannedOn = addDays(finishedOn, draw.int(3, 14));
    const isConsulted = isFinished && draw.chance(0.78);
    const isHeld = isConsulted && draw.chance(0.88);
    if (isConsulted) consultations!.push({ survey, plannedOn, status: isHeld ? 'HELD' : draw.pick(['PLANNED', 'CANCELLED']), heldOn: isHeld ? addDays(plannedOn, draw.int(0, 4)) : '', heldBy: isHeld ? one.person : '', participants: isHeld ? draw.int(9, 60) : '', outcome: isHeld ? `先做${NEEDS[group]}，居民代表参与监督。` : '' });
    if (outcome === 'CANCELLED') continue;
    const status = outcome === 'RUNNING' ? 'DRAFT' : draw.weighted([['APPROVED', 52], ['COMPLETED', 26], ['SUBMITTED', 9], ['RETURNED', 6], ['DRAFT', 4], ['CANCELLED', 3]] as const);
    // Haste: some are submitted before anybody was asked.
    const submittedOn = draw.chance(0.85) ? addDays(finishedOn, draw.int(15, 40)) : addDays(startedOn, 3);
    const approvedOn = addDays(submittedOn, draw.int(1, 12));
    const isApproved = status === 'APPROVED' || status === 'COMPLETED';
    const startsOn = addDays(approvedOn, draw.int(0, 10));
    const code = `FW-2026-${String(plans!.length + 1).padStart(3, '0')}`;
    plans!.push({
      code, unit: one.unit, socialWorker: one.person, title: `${group}${NEEDS[group]}服务计划`, targetGroup: group, plannedBeneficiaries: draw.int(12, 160), startsOn, endsOn: addDays(startsOn, draw.int(40, 160)), status, survey, consultation: isConsulted ? `${survey} ${plannedOn}` : '',
      initiative: ongoing.length > 0 && draw.chance(0.3) ? draw.pick(ongoing).code : '', submittedOn: status === 'DRAFT' || status === 'CANCELLED' ? '' : submittedOn, approvedOn: isApproved ? approvedOn : '', decidedBy: isApproved || status === 'RETURNED' ? headOf(one.unit) : '',
      decisionNote: status === 'RETURNED' ? '请补充需求依据。' : '', closedOn: status === 'COMPLETED' ? earlier(addDays(startsOn, 70), AS_OF) : status === 'CANCELLED' ? addDays(submittedOn, 5) : '',
    });
    if (!isApproved || draw.chance(0.12)) continue;
    let servedOn = startsOn;
    for (let number = 1; number <= draw.int(3, 9) && servedOn <= AS_OF; number++, servedOn = addDays(servedOn, draw.int(4, 12))) {
      records!.push({ servicePlan: code, number, servedOn, method: draw.weighted([['CASE', 35], ['GROUP', 35], ['COMMUNITY', 30]] as const), beneficiaries: draw.int(1, 45), hours: draw.pick(['1', '1.5', '2', '3']), summary: draw.chance(0.3) ? `${NEEDS[group]}` : '' });
    }
  }
  writeCsv('needs-surveys.csv', 'code,unit,socialWorker,division,title,status,startedOn,finishedOn,finishedBy,respondents,findings', surveys!);
  writeCsv('consultations.csv', 'survey,plannedOn,status,heldOn,heldBy,participants,outcome', consultations!);
  writeCsv('service-plans.csv', 'code,unit,socialWorker,title,targetGroup,plannedBeneficiaries,startsOn,endsOn,status,survey,consultation,initiative,submittedOn,approvedOn,decidedBy,decisionNote,closedOn', plans!);
  writeCsv('service-records.csv', 'servicePlan,number,servedOn,method,beneficiaries,hours,summary', records!);
  return { surveys: surveys!.length, consultations: consultations!.length, plans: plans!.length, records: records!.length };
}
