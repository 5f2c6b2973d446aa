// Rules of supervision of three divisions, one for each way of lighting up: by days, by pace and review, and slip by slip.

import { SUPERVISION } from './documents.ts';
import { writeCsv } from './csv.ts';

const POLICIES = [
  {
    division: '330000', name: '全省督查规则（按天数亮绿黄红灯）', from: '2024-03-15', acceptWithinDays: 3, reportEveryDays: 20,
    rules: ['NONE 绿', 'APPROACHING 黄 DAYS_TO_DUE 5', 'LATE 红 DAYS_LATE 1 SLIP', 'SERIOUS 红 DAYS_LATE 10 SLIP'],
  },
  {
    division: '330100', name: '杭州市督查规则（蓝黄红灯，进展慢或评价差亮黄灯）', from: '2024-04-01', acceptWithinDays: 2, reportEveryDays: 10,
    rules: ['APPROACHING 蓝 DAYS_TO_DUE 5', 'LATE 黄 BEHIND_OR_POOR 20 SLIP', 'SERIOUS 红 DAYS_LATE 1 SLIP'],
  },
  {
    division: '330200', name: '宁波市督查规则（蓝橙红灯，督办单逐级升级）', from: '2024-04-01', acceptWithinDays: 3, reportEveryDays: 15,
    rules: ['APPROACHING 蓝 DAYS_TO_DUE 3 SLIP', 'LATE 橙 PREVIOUS_SLIP_UNANSWERED 3 SLIP', 'LATE 橙 DAYS_LATE 1 SLIP', 'SERIOUS 红 PREVIOUS_SLIP_UNANSWERED 3 SLIP'],
  },
];

export function buildSupervision(): number {
  writeCsv('supervision.csv', 'division,name,from,to,basis,acceptWithinDays,reportEveryDays,rules', POLICIES.map((policy) => ({ ...policy, basis: SUPERVISION[policy.division], rules: policy.rules.join(';') })));
  return POLICIES.length;
}
