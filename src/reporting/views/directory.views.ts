import { DivisionLevel } from '../../modules/divisions/index.js'
import { LegalForm, MandateRole, Mechanism, UnitKind } from '../../modules/units/index.js'
import { choice, day, id, instant, text, type View } from './view.js'

export const units: View = {
  name: 'units', list: 'units', labelZh: '单位', description: 'Units of the network (单位), with division and line.',
  columns: [
    id('id', 'id', '单位标识'),
    text('code', 'code', '单位代码'),
    text('name', 'name', '单位名称'),
    text('shortName', 'shortName', '简称'),
    choice('kind', 'kind', '单位类别', () => UnitKind),
    text('divisionCode', 'division.code', '区划代码'),
    text('divisionName', 'division.name', '区划名称'),
    choice('divisionLevel', 'division.level', '区划层级', () => DivisionLevel),
    id('lineParentId', 'lineParent.id', '条线上级标识'),
    text('lineParentName', 'lineParent.name', '条线上级名称'),
    text('systemName', 'system.name', '所属系统'),
    text('institutionKind', 'institutionKind', '机构类别'),
    choice('legalForm', 'legalForm', '法人类型', () => LegalForm),
    choice('registrationLevel', 'registrationLevel', '登记层级', () => DivisionLevel),
    text('creditCode', 'creditCode', '统一社会信用代码'),
    day('foundedOn', 'foundedOn', '成立日期'),
    day('endedOn', 'endedOn', '撤销日期'),
    id('successorId', 'successor.id', '承接单位标识'),
    instant('createdAt', 'createdAt', '录入时间'),
    instant('updatedAt', 'updatedAt', '更新时间'),
  ],
}

export const mandates: View = {
  name: 'mandates', list: 'mandates', labelZh: '职责', description: 'What units are charged with between two dates, and by which document (职责).',
  columns: [
    id('id', 'id', '职责标识'),
    id('unitId', 'unit.id', '单位标识'),
    text('unitCode', 'unit.code', '单位代码'),
    text('unitName', 'unit.name', '单位名称'),
    text('divisionCode', 'division.code', '区划代码'),
    text('divisionName', 'division.name', '区划名称'),
    choice('mechanism', 'mechanism', '机制', () => Mechanism),
    choice('role', 'role', '角色', () => MandateRole),
    day('validFrom', 'validFrom', '起始日期'),
    day('validTo', 'validTo', '终止日期'),
    text('basisNumber', 'basis.number', '依据文号'),
    text('basisTitle', 'basis.title', '依据文件'),
    instant('createdAt', 'createdAt', '录入时间'),
    instant('updatedAt', 'updatedAt', '更新时间'),
  ],
}
