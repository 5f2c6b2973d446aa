// The CSVs as written, and a collector of broken rules.

import { parseCsv, readCsv, seedFile } from '../generate/csv.ts';
import type { Row } from '../generate/csv.ts';
import { readFileSync } from 'node:fs';

export type { Row };
export const FILES: Record<string, string> = {
  divisions: 'code,name,level,parent', communities: 'code,name,level,parent',
  units: 'code,name,shortName,kind,division,lineParent,creditCode,system,institutionKind,legalForm,registrationLevel,foundedOn,endedOn,successor,formerNames',
  documents: 'number,title,kind,issuers,issuedOn,supersedes',
  people: 'code,name,title,officePhone,mobile,nationalId,birthDate,partyMember,login,unit,roles,from,to,otherAppointments',
  mandates: 'unit,mechanism,role,from,to,basis',
  calendar: 'year,basis,date,kind,name', supervision: 'division,name,from,to,basis,acceptWithinDays,reportEveryDays,rules',
  'deduction-rules': 'division,reason,points,maxPerMonth,from,to,basis',
  initiatives: 'code,title,summary,mechanisms,division,visibility,startsOn,endsOn,status,leadUnit,participations,parent,document,milestones,updates',
  tasks: 'code,title,requirement,source,initiative,issuingUnit,urgency,confidential,issuedOn,dueOn,expectedResult,status,parent',
  assignments: 'task,unit,role,person,liaison,dueOn,status,progress,internalNote',
  conferences: 'code,name,division,convenor,document,foundedOn,endedOn,members',
  meetings: 'conference,number,heldOn,title,minutes,status',
  'volunteer-notice-rules': 'division,days,validFrom,validTo,basis', 'volunteer-teams': 'code,name,kind,unit,leader,foundedOn,endedOn',
  volunteers: 'code,team,origin,status,noticeFrom,noticeTo,registeredOn,endedOn,registeredNationallyOn,name,mobile,nationalNumber', 'volunteer-services': 'volunteer,startsAt,endsAt,activity',
  'volunteer-trainings': 'division,unit,organiser,organiserType,title,content,heldOn,persons', commendations: 'team,volunteer,title,level,awardedBy,awardedOn', complaints: 'team,volunteer,receivedOn,text,status,outcome,handledOn',
  trainings: 'code,unit,title,startsOn,endsOn,hours,isContinuingEducation,otherAttendances,initiative', 'training-attendances': 'training,socialWorker,hours,isPassed',
  'continuing-education-rules': 'division,level,hours,validFrom,validTo,basis', supervisors: 'socialWorker,unit,rung,validFrom,validTo,basis',
  'supervision-ratios': 'division,rung,maxSupervisees,sessionEveryDays,validFrom,validTo,basis', supervisions: 'supervisor,supervisee,unit,sessionEveryDays,validFrom,validTo',
  'supervision-sessions': 'supervision,heldOn,hours,text', 'micro-projects': 'code,title,kind,status,unit,carrier,need,proposal,amount,calledOn,callUntil,contractedOn,dueOn,evaluatedOn,verdict,evaluation,endedOn,initiative',
  'micro-payments': 'microProject,kind,amount,paidOn', 'pay-guidances': 'division,level,year,floor,comparableMedian,basis', 'pay-thresholds': 'division,minPersons,validFrom,validTo,basis', 'indicator-thresholds': 'division,indicator,target,warning,validFrom,validTo,basis',
  'pay-records': 'socialWorker,unit,level,paidOn,amount',
  'plan-inclusions': 'division,unit,kind,plan,text,includedOn,document', 'publicity-activities': 'division,unit,title,summary,heldOn,attendances', 'social-work-sections': 'unit,name,foundedOn,endedOn',
  'recording-coverages': 'division,unit,coveredUnit,validFrom,validTo', 'incentive-measures': 'division,unit,year,title,text,document', 'key-activities': 'division,unit,name,summary,startsOn,endsOn',
  pilots: 'division,unit,kind,name,summary,places,poorCounties,poorVillages,funds,startsOn,endsOn', 'division-statistics': 'division,year,residentPopulation,source',
  'association-memberships': 'unit,year,unitMembers,personalMembers,hasPartyOrganisation', 'opening-counts': 'division,year,measure,count,source',
  practitioners: 'code,name,title,officePhone,mobile,nationalId,birthDate,partyMember,login,unit,roles,from,to,otherAppointments',
  'social-workers': 'person', qualifications: 'socialWorker,kind,level,title,issuer,issuedOn,withdrawnOn,registeredOn,registeredUntil,certificateNumber',
  posts: 'code,title,unit,unitType,kind,grade,openedOn,closedOn,initiative', employments: 'socialWorker,unit,post,kind,validFrom,validTo', stations: 'code,name,kind,unit,division,openedOn,closedOn',
  worklogs: 'person,unit,date,hours,category,origin,note', 'needs-surveys': 'code,unit,socialWorker,division,title,status,startedOn,finishedOn,finishedBy,respondents,findings',
  consultations: 'survey,plannedOn,status,heldOn,heldBy,participants,outcome',
  'service-plans': 'code,unit,socialWorker,title,targetGroup,plannedBeneficiaries,startsOn,endsOn,status,survey,consultation,initiative,submittedOn,approvedOn,decidedBy,decisionNote,closedOn',
  'service-records': 'servicePlan,number,servedOn,method,beneficiaries,hours,summary',
  resolutions: 'conference,meeting,number,text,responsible,dueOn,status,tasks',
  'agency-units': 'code,name,shortName,kind,division,lineParent,creditCode,system,institutionKind,legalForm,registrationLevel,foundedOn,endedOn,successor,formerNames',
  'opening-balances': 'division,unit,year,source,purpose,amountWan,remarks',
  'budget-lines': 'code,title,year,unit,source,purpose,level,amount,approvedOn,remarks,initiative',
  allocations: 'line,voucher,to,allocatedOn,promisedOn,amount,corrects,reason',
  disbursements: 'line,allocation,voucher,arrivedOn,amount,corrects,reason',
  contracts: 'code,title,line,agency,funding,amount,signedOn,startsOn,endsOn,status,closedOn,reason,procurement,lot',
  lots: 'code,title,line,funding,publishedOn,lot,lotTitle,ceiling,opensAt,status', bids: 'procurement,lot,bidder,submittedAt,amount,proposal,isChosen,chosenOn,reason',
  'contract-milestones': 'contract,number,title,dueOn,status,reportedOn,report,acceptedOn,returnReason',
  evaluations: 'contract,stage,side,evaluatedOn,result,text',
  payments: 'contract,voucher,milestone,amount,paidOn,corrects,reason',
  agencies: 'unit,registrationLevel,rating,ratedOn,ratingValidTo,hasPartyOrganisation,fullTimeStaff,partyMembers,reportedOn',
  'agency-supports': 'agency,provider,kind,startsOn,endsOn,amount,note',
};

const broken: string[] = [];
let asserted = 0;
export function must(holds: boolean, rule: string): void {
  asserted++;
  if (!holds) broken.push(rule);
}
export const outcome = (): { asserted: number; broken: string[] } => ({ asserted, broken });

export function load(name: string): Row[] {
  const text = readFileSync(seedFile(`${name}.csv`), 'utf8');
  must(text.startsWith(`${FILES[name]}\n`), `${name}: header`);
  must(!text.includes('\r') && text.endsWith('\n') && !text.startsWith('\ufeff'), `${name}: LF, no byte order mark`);
  must(!/\/(work|home|root|tmp|usr)\//.test(text), `${name}: no path of a machine`);
  must(parseCsv('a\n"x,""y"""\n')[0]!['a'] === 'x,"y"', 'quoting');
  return readCsv(`${name}.csv`);
}

export const index = (rows: Row[], key: string, name: string): Map<string, Row> => {
  const map = new Map(rows.map((row) => [row[key]!, row]));
  must(map.size === rows.length, `${name}: ${key} is unique`);
  return map;
};
export const cells = (value: string): string[] => (value === '' ? [] : value.split(';'));
export const isDate = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) === value;
export const oneOf = (value: string, choices: string): boolean => choices.split(' ').includes(value);
export const to = (value: string): string => (value === '' ? '9999-12-31' : value);
/** Half-open periods of one key neither overlap nor are empty. */
export function apart(periods: { from: string; to: string }[]): boolean {
  const sorted = [...periods].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.every((p, i) => p.from < to(p.to) && (i === 0 || to(sorted[i - 1]!.to) <= p.from));
}
export const count = (rows: Row[], key: string): string => {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row[key]!, (found.get(row[key]!) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1]).map(([value, n]) => `${value || '-'} ${n}`).join(', ');
};
