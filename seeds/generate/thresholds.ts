// What indicators are to reach: the province's targets by document, tighter ones of the second year, and a city that set its own.

import { writeCsv } from './csv.ts';

const PLAN = '浙民〔2008〕77号';
const AGENCIES = '浙民〔2016〕92号';
const MONEY = '浙财〔2013〕61号';
const PAY = '浙人社〔2024〕73号';
const OFFICE = '浙组〔2008〕15号';

/** Indicator, target, warning, document. */
const OF_PROVINCE: [string, string, string, string][] = [
  ['ADMINISTRATIVE_SHARE', '0.25', '0.4', PLAN], ['SUPERIOR_ASSIGNED_SHARE', '0.3', '0.5', PLAN], ['INDEPENDENT_PLAN_SHARE', '0.6', '0.4', PLAN], ['IDLE_CERTIFICATE_RATE', '0.15', '0.25', PLAN],
  ['CREDENTIALED_SHARE', '0.7', '0.5', PLAN], ['HIGHER_GRADE_SHARE', '0.35', '0.2', PLAN], ['EXPLICIT_POST_SHARE', '0.7', '0.5', PLAN], ['FULL_TIME_SHARE', '0.6', '0.4', PLAN], ['UNPAID_SHARE', '0.05', '0.15', PAY],
  ['LED_TEAM_COVERAGE', '0.8', '0.5', PLAN], ['VOLUNTEERS_PER_SOCIAL_WORKER', '10', '5', PLAN], ['HOURS_PER_VOLUNTEER', '4', '2', PLAN], ['RETURNED_BENEFICIARY_RATE', '0.1', '0.04', PLAN], ['REGISTERED_SHARE', '0.2', '0.13', PLAN],
  ['FISCAL_SHARE', '0.6', '0.4', MONEY], ['FUNDING_GROWTH', '0.05', '0', MONEY], ['BIDDERS_PER_LOT', '3', '2', MONEY], ['CASH_ARRIVAL_DELAY', '10', '30', MONEY], ['PARITY_INDEX', '1', '0.85', PAY], ['BELOW_FLOOR_PERSONS', '0', '50', PAY],
  ['BUDGETED_SHARE', '0.7', '0.5', MONEY], ['CONTRACT_GAP_DAYS', '15', '60', MONEY], ['RENEWAL_RATE', '0.6', '0.3', MONEY], ['SUPPORT_COVERAGE', '0.5', '0.3', AGENCIES], ['SUPERVISION_COVERAGE', '0.5', '0.3', PLAN],
  ['SUPERVISION_SPAN', '6', '10', PLAN], ['SESSIONS_ON_TIME', '0.9', '0.7', PLAN], ['EDUCATION_HOURS_RATE', '0.8', '0.5', PLAN], ['MICRO_PROJECTS', '60', '30', PLAN], ['ON_TIME_RATE', '0.9', '0.75', OFFICE], ['OVERDUE_SHARE', '0.1', '0.25', OFFICE],
  ['ACCEPTANCE_IN_TIME', '0.95', '0.85', OFFICE], ['SCORE_AVERAGE', '90', '80', OFFICE], ['RETURN_RATE', '0.1', '0.2', OFFICE], ['ACCEPTANCE_DAYS', '2', '4', OFFICE], ['EXTENSION_SHARE', '0.1', '0.25', OFFICE],
];

export function buildThresholds(): Record<string, number> {
  const row = (division: string, [indicator, target, warning, basis]: (typeof OF_PROVINCE)[number], validFrom: string, validTo = '') => ({ division, indicator, target, warning, validFrom, validTo, basis });
  const thresholds = [
    ...OF_PROVINCE.map((one) => row('330000', one, '2025-01-01')),
    // Hangzhou asks more of itself from this year on.
    row('330100', ['ADMINISTRATIVE_SHARE', '0.2', '0.35', PLAN], '2026-01-01'), row('330100', ['OVERDUE_SHARE', '0.05', '0.2', OFFICE], '2026-01-01'), row('330100', ['SUPERVISION_COVERAGE', '0.6', '0.4', PLAN], '2026-01-01'),
    row('330100', ['LED_TEAM_COVERAGE', '0.7', '0.5', PLAN], '2025-01-01', '2026-01-01'),
  ];
  writeCsv('indicator-thresholds.csv', 'division,indicator,target,warning,validFrom,validTo,basis', thresholds);
  return { 'indicator-thresholds': thresholds.length };
}
