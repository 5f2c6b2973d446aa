import { CredentialLevel, PostKind, PostUnitType, WorkCategory, WorkOrigin } from '../../modules/posts/index.js'
import { ContractFunding, ContractStatus } from '../../modules/procurement/index.js'
import { choice, day, decimal, flag, id, instant, text, whole, type View } from './view.js'

export const posts: View = {
  name: 'posts', list: 'posts', labelZh: '社会工作岗位', description: 'Posts of social work (社会工作岗位), with unit and division.',
  columns: [
    id('id', 'id', '岗位标识'),
    text('code', 'code', '岗位编号'),
    text('title', 'title', '岗位名称'),
    id('unitId', 'unit.id', '单位标识'),
    text('unitName', 'unit.name', '单位名称'),
    text('divisionCode', 'unit.division.code', '区划代码'),
    text('divisionName', 'unit.division.name', '区划名称'),
    choice('unitType', 'unitType', '岗位单位类型', () => PostUnitType),
    choice('kind', 'kind', '岗位性质', () => PostKind),
    choice('grade', 'grade', '岗位等级', () => CredentialLevel),
    day('openedOn', 'openedOn', '设置日期'),
    day('closedOn', 'closedOn', '撤销日期'),
    id('initiativeId', 'initiative.id', '联合行动标识'),
    instant('createdAt', 'createdAt', '录入时间'),
    instant('updatedAt', 'updatedAt', '更新时间'),
  ],
}

export const socialWorkers: View = {
  name: 'socialWorkers', list: 'socialWorkers', labelZh: '社会工作者', description: 'Social workers (社会工作者), with person, unit and grade.',
  columns: [
    id('id', 'id', '社会工作者标识'),
    id('personId', 'person.id', '人员标识'),
    text('personCode', 'person.code', '人员编号'),
    text('personName', 'person.name', '姓名'),
    id('unitId', 'person.unit.id', '所在单位标识'),
    text('unitName', 'person.unit.name', '所在单位名称'),
    text('divisionCode', 'person.unit.division.code', '所在区划代码'),
    choice('grade', 'grade', '职业水平等级', () => CredentialLevel),
    flag('isIdle', 'isIdle', '持证未从业'),
    instant('createdAt', 'createdAt', '录入时间'),
    instant('updatedAt', 'updatedAt', '更新时间'),
  ],
}

export const worklogs: View = {
  name: 'worklogs', list: 'workLogs', labelZh: '工作日志', description: 'Hours of work of social workers (工作日志), corrections included as entries of their own.',
  columns: [
    id('id', 'id', '日志标识'),
    id('unitId', 'unit.id', '单位标识'),
    text('unitName', 'unit.name', '单位名称'),
    text('divisionCode', 'unit.division.code', '区划代码'),
    id('socialWorkerId', 'socialWorker.id', '社会工作者标识'),
    id('employmentId', 'employment.id', '从业标识'),
    day('workedOn', 'workedOn', '工作日期'),
    day('bookedOn', 'bookedOn', '记账日期'),
    decimal('hours', 'hours', '工时', '小时'),
    choice('category', 'category', '工作类别', () => WorkCategory),
    choice('origin', 'origin', '工作来源', () => WorkOrigin),
    text('note', 'note', '工作内容'),
    id('correctsId', 'corrects.id', '所更正记录标识'),
    text('reason', 'reason', '更正原因'),
    instant('createdAt', 'createdAt', '录入时间'),
    instant('updatedAt', 'updatedAt', '更新时间'),
  ],
}

export const contracts: View = {
  name: 'contracts', list: 'contracts', labelZh: '购买服务合同', description: 'Service contracts (购买服务合同), with both parties and the budget line.',
  columns: [
    id('id', 'id', '合同标识'),
    text('code', 'code', '合同编号'),
    text('title', 'title', '合同名称'),
    choice('status', 'status', '合同状态', () => ContractStatus),
    choice('funding', 'funding', '经费方式', () => ContractFunding),
    whole('year', 'year', '预算年度'),
    id('purchaserId', 'purchaser.id', '购买方标识'),
    text('purchaserName', 'purchaser.name', '购买方名称'),
    text('divisionCode', 'purchaser.division.code', '购买方区划代码'),
    id('agencyId', 'agency.id', '承接方标识'),
    text('agencyName', 'agency.name', '承接方名称'),
    id('lineId', 'line.id', '预算项目标识'),
    text('lineCode', 'line.code', '预算项目编号'),
    decimal('amount', 'amount', '合同金额', '元'),
    decimal('paidAmount', 'paidAmount', '已支付', '元'),
    decimal('restAmount', 'restAmount', '未支付', '元'),
    day('signedOn', 'signedOn', '签订日期'),
    day('startsOn', 'startsOn', '开始日期'),
    day('endsOn', 'endsOn', '结束日期'),
    day('closedOn', 'closedOn', '终结日期'),
    flag('isRenewal', 'isRenewal', '是否续签'),
    whole('gapDays', 'gapDays', '空档天数', '天'),
    flag('isPaymentStopped', 'isPaymentStopped', '是否停止付款'),
    id('previousContractId', 'previousContract.id', '前一合同标识'),
    instant('createdAt', 'createdAt', '录入时间'),
    instant('updatedAt', 'updatedAt', '更新时间'),
  ],
}
