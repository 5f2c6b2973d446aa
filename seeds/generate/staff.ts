// How many people of which roles a unit has, and what they are called.

import { KIND } from './kinds.ts';
import type { Random } from './prng.ts';
import type { Unit } from './units.ts';

const repeat = (role: string, count: number): string[] => Array.from({ length: count }, () => role);

export function staffOf(unit: Unit, draw: Random): string[] {
  const level = unit.division.endsWith('0000') ? 'PROVINCE' : unit.division.endsWith('00') ? 'PREFECTURE' : 'COUNTY';
  switch (unit.kind) {
    case 'COMMUNITY': return ['DIRECTOR', 'CLERK', ...repeat('PRACTITIONER', draw.int(2, 5))];
    case 'SUBDISTRICT_TOWN': return ['DIRECTOR', ...repeat('CLERK', draw.int(2, 3)), 'HR_OFFICER', ...repeat('PRACTITIONER', draw.int(1, 2))];
    case 'SERVICE_AGENCY': return ['DIRECTOR', 'AGENCY_MANAGER', 'CLERK', 'FINANCE_OFFICER', 'HR_OFFICER;CLERK', ...repeat('PRACTITIONER', draw.int(3, 8))];
    case 'VOLUNTEER_ORGANISATION': return ['DIRECTOR', 'CLERK', ...repeat('PRACTITIONER', draw.int(1, 3))];
    case 'ASSOCIATION': return ['DIRECTOR', 'CLERK', 'FINANCE_OFFICER'];
    case 'PUBLIC_INSTITUTION': return ['DIRECTOR', 'CLERK', 'HR_OFFICER', ...repeat('PRACTITIONER', draw.int(2, 4))];
  }
  const clerks = level === 'PROVINCE' ? draw.int(5, 8) : level === 'PREFECTURE' ? draw.int(2, 3) : draw.chance(0.2) ? 2 : 1;
  const roles = ['DIRECTOR', ...repeat('CLERK', clerks), draw.chance(0.25) ? 'HR_OFFICER;CLERK' : 'HR_OFFICER'];
  if (level !== 'COUNTY' || unit.kind === 'FINANCE' || unit.kind === 'CIVIL_AFFAIRS') roles.push('FINANCE_OFFICER');
  if (unit.kind === 'ORGANISATION_DEPARTMENT') {
    roles.push(...repeat('COORDINATOR', level === 'PROVINCE' ? 3 : level === 'PREFECTURE' ? 2 : 1));
    if (level !== 'COUNTY') roles.push('BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN');
  }
  if (level === 'PROVINCE' && /CIVIL_AFFAIRS|PARTY_SOCIAL_WORK/.test(unit.kind)) roles.push('BI_READER');
  return roles;
}

const OFFICES = ['综合处', '人才处', '政策法规处', '规划财务处', '社会工作处', '基层工作处'];

export function titleOf(unit: Unit, roles: string, draw: Random): string {
  const first = roles.split(';')[0]!;
  const level = unit.division.endsWith('0000') ? 'PROVINCE' : unit.division.endsWith('00') ? 'PREFECTURE' : 'COUNTY';
  const office = level === 'PROVINCE' ? draw.pick(OFFICES) : draw.pick(OFFICES).replace('处', level === 'PREFECTURE' ? '科' : '股');
  switch (first) {
    case 'DIRECTOR': {
      const chief = KIND.get(unit.kind)?.chief;
      if (chief !== undefined) return level === 'PROVINCE' && chief === '局长' && !unit.name.endsWith('局') ? '厅长' : chief;
      if (unit.kind === 'SUBDISTRICT_TOWN') return unit.name.endsWith('办事处') ? '主任' : '镇长';
      return { COMMUNITY: '主任', SERVICE_AGENCY: '理事长', VOLUNTEER_ORGANISATION: '会长', ASSOCIATION: '会长' }[unit.kind] ?? '主任';
    }
    case 'COORDINATOR': return draw.pick(['协调办主任', '协调办副主任', '协调专员']);
    case 'HR_OFFICER': return draw.pick(['人事干部', '组织人事专员']);
    case 'FINANCE_OFFICER': return draw.pick(['会计', '财务主管', '出纳']);
    case 'AGENCY_MANAGER': return '总干事';
    case 'PRACTITIONER': return draw.pick(['社会工作者', '社会工作者', '助理社会工作师', '社会工作师', '社工督导', '社区专职工作者']);
    case 'BI_READER': return '数据分析员';
    case 'AUDITOR': return '审计管理员';
    case 'SECURITY_ADMIN': return '安全管理员';
    case 'SYSTEM_ADMIN': return '系统管理员';
  }
  return KIND.has(unit.kind) ? `${office}${draw.pick(['科员', '主任科员', '副主任科员', '经办人'])}` : draw.pick(['干事', '办公室主任', '经办人']);
}
