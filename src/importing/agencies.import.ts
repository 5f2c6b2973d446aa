import { AgencyProfile, AgencySupport } from '../modules/agencies/index.js'
import { choice, column, day, flag, text, whole, yuan } from './columns.js'
import { say } from './fault.js'
import { unitsByCode } from './references.js'
import { resolve, spec } from './spec.js'
import { indexed, load, Plan, table } from './stored.js'
import { agencyRatings, divisionLevels, supportKinds } from './terms.js'

const profiles = table(AgencyProfile, {
  unit: 'link', registrationLevel: 'text', rating: 'text', ratedOn: 'day', ratingValidTo: 'day', hasPartyOrganisation: 'flag', fullTimeStaff: 'whole', partyMembers: 'whole', reportedOn: 'day',
})
const supports = table(AgencySupport, { agency: 'link', provider: 'link', kind: 'text', amount: 'decimal', startsOn: 'day', endsOn: 'day', note: 'text' })

/** The register of private social-work agencies, under the headers of the national return. */
export const agencyImport = spec({
  columns: {
    unit: column(text(60), '机构代码 单位代码', { required: true }),
    registrationLevel: column(choice(divisionLevels), '登记层级', { required: true }),
    rating: column(choice(agencyRatings), '评估等级'),
    ratedOn: column(day, '评估日期'),
    ratingValidTo: column(day, '等级失效日期'),
    hasPartyOrganisation: column(flag, '基层党组织 成立党组织', { required: true }),
    fullTimeStaff: column(whole(0, 100_000), '专职工作人员'),
    partyMembers: column(whole(0, 100_000), '专职工作人员中的党员'),
    reportedOn: column(day, '统计日期'),
  },
  key: ['unit'],
  async plan(sheet, { run, today }) {
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.unit))
    const stored = indexed(await load(run, profiles, 'unit_id = any($1::text[])', [[...units.values()].map(({ id }) => id)]), ({ unit }) => unit!)
    for (const row of sheet.good()) {
      const { values } = row
      const unit = resolve(row, 'unit', values.unit, units, { en: 'unit', zh: '单位' })
      if (unit && unit.kind !== 'SERVICE_AGENCY') row.refuse('unit', say('The unit is no private social-work agency.', '该单位不是民办社会工作服务机构。'))
      if (Boolean(values.rating) !== Boolean(values.ratedOn)) row.refuse('ratedOn', say('A grade comes with its day.', '评估等级与评估日期须同时填写。'))
      if (values.ratingValidTo && !(values.ratedOn && values.ratingValidTo > values.ratedOn)) row.refuse('ratingValidTo', say('A grade ends after it was given.', '等级失效日期须晚于评估日期。'))
      if (values.ratedOn && values.ratedOn > today) row.refuse('ratedOn', say('The day lies in the future.', '日期晚于今天。'))
      const told = [values.fullTimeStaff, values.partyMembers, values.reportedOn].filter((one) => one !== null && one !== undefined)
      if (told.length !== 0 && told.length !== 3) row.refuse('reportedOn', say('Staff, party members among them and the day are told together.', '专职人员、其中党员和统计日期须同时填写。'))
      if ((values.partyMembers ?? 0) > (values.fullTimeStaff ?? 0)) row.refuse('partyMembers', say('There are more party members than staff.', '党员人数多于专职工作人员人数。'))
    }
    const plan = new Plan(profiles)
    for (const row of sheet.good()) {
      const unit = units.get(row.values.unit)!.id
      plan.put(row, stored.get(unit), { ...row.values, unit })
    }
    return { main: plan, plans: [plan] }
  },
})

/** Support that units give agencies; one of a kind, agency, provider and first day. */
export const agencySupportImport = spec({
  columns: {
    agency: column(text(60), '机构代码', { required: true }),
    provider: column(text(60), '扶持单位', { required: true }),
    kind: column(choice(supportKinds), '扶持方式', { required: true }),
    startsOn: column(day, '开始日期', { required: true }),
    endsOn: column(day, '结束日期'),
    amount: column(yuan, '金额 金额（元）'),
    note: column(text(1000), '说明'),
  },
  key: ['agency', 'provider', 'kind', 'startsOn'],
  async plan(sheet, { run }) {
    const units = await unitsByCode(run, sheet.rows.flatMap(({ values }) => [values.agency, values.provider]))
    const codes = new Map([...units.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, supports, 'agency_id = any($1::text[])', [[...codes.keys()]]), (one) => `${codes.get(one.agency!)} ${codes.get(one.provider!)} ${one.kind} ${one.startsOn}`)
    for (const row of sheet.good()) {
      const { values } = row
      for (const name of ['agency', 'provider'] as const) resolve(row, name, values[name], units, { en: 'unit', zh: '单位' })
      if (units.get(values.agency) && units.get(values.agency)!.kind !== 'SERVICE_AGENCY') row.refuse('agency', say('The unit is no private social-work agency.', '该单位不是民办社会工作服务机构。'))
      if ((values.kind === 'START_UP') !== Boolean(values.amount)) row.refuse('amount', say('An amount is given with START_UP, and only then.', '起步资助须填写金额，其他方式不填。'))
      if (values.endsOn && values.endsOn < values.startsOn) row.refuse('endsOn', say('It ends before it starts.', '结束日期早于开始日期。'))
    }
    const plan = new Plan(supports)
    for (const row of sheet.good()) plan.put(row, stored.get(sheet.keyOf(row)), { ...row.values, agency: units.get(row.values.agency)!.id, provider: units.get(row.values.provider)!.id })
    return { main: plan, plans: [plan] }
  },
})
