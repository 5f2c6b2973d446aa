import { isWithin, overlaps } from '../kernel/index.js'
import { ConferenceMember, JointConference } from '../modules/conferences/index.js'
import { column, day, list, parts, period, text, type Period } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode, documentsByNumber, peopleByCode, unitsByCode } from './references.js'
import { identify, resolve, spec } from './spec.js'
import { grouped, load, Plan, table } from './stored.js'

const conferences = table(JointConference, { code: 'text', name: 'text', division: 'link', convenor: 'link', document: 'link', foundedOn: 'day', endedOn: 'day' })
const memberships = table(ConferenceMember, { conference: 'link', unit: 'link', liaison: 'link', joinedOn: 'day', leftOn: 'day' })

interface Member extends Period {
  unit: string
  liaison: string | null
}

const member = (cell: string): Member => {
  const [unit, rest] = parts(cell, 2, say('330000-FINANCE 2023-09-20.. P000001', '330000-FINANCE 2023-09-20.. P000001')) as [string, string]
  const [days, liaison] = rest.split(/\s+/) as [string, string | undefined]
  return { unit: text(60)(unit), ...period(days), liaison: liaison ? text(40)(liaison) : null }
}

/** Joint conferences with their member units. A membership is found by its unit and first day; one that the file leaves out stays. */
export const conferenceImport = spec({
  columns: {
    code: column(text(40), '编号 会议编号', { required: true }),
    name: column(text(), '名称 联席会议名称', { required: true }),
    division: column(text(12), '所属区划 区划代码', { required: true }),
    convenor: column(text(60), '召集单位', { required: true }),
    document: column(text(60), '依据文件'),
    foundedOn: column(day, '成立日期', { required: true }),
    endedOn: column(day, '撤销日期'),
    members: column(list(member), '成员单位'),
  },
  key: ['code'],
  async plan(sheet, { run, today }) {
    const stored = await identify(run, sheet, conferences, 'code')
    const divisions = await divisionsByCode(run, sheet.rows.map(({ values }) => values.division))
    const documents = await documentsByNumber(run, sheet.rows.map(({ values }) => values.document))
    const units = await unitsByCode(run, sheet.rows.flatMap(({ values }) => [values.convenor, ...(values.members ?? []).map(({ unit }) => unit)]))
    const people = await peopleByCode(run, sheet.rows.flatMap(({ values }) => (values.members ?? []).map(({ liaison }) => liaison)))
    const joined = grouped(await load(run, memberships, 'conference_id = any($1::text[])', [[...stored.values()].map(({ id }) => id)]), ({ conference }) => conference!)

    for (const row of sheet.good()) {
      const { values } = row
      const before = stored.get(values.code)
      const endedOn = values.endedOn === undefined ? (before?.endedOn ?? null) : values.endedOn
      resolve(row, 'division', values.division, divisions, { en: 'division', zh: '区划' })
      resolve(row, 'document', values.document, documents, { en: 'document', zh: '文件' })
      const convenor = resolve(row, 'convenor', values.convenor, units, { en: 'unit', zh: '单位' })
      const isOver = endedOn !== null && endedOn <= today
      if (endedOn && endedOn <= values.foundedOn) row.refuse('endedOn', say(`The conference was founded on ${values.foundedOn}; it must end later.`, `联席会议成立于 ${values.foundedOn}，撤销日期须晚于该日。`))
      if (convenor && before?.convenor !== convenor.id && !isOver && !isWithin(today, convenor.foundedOn, convenor.endedOn)) row.refuse('convenor', say(`${values.convenor} no longer exists.`, `${values.convenor} 已撤销或尚未成立。`), say('Take the unit that took over its work.', '请改为承接单位。'))
      const own = (values.members ?? []).map((one) => ({ ...one, found: resolve(row, 'members', one.unit, units, { en: 'unit', zh: '单位' }) }))
      const kept = (joined.get(row.id) ?? []).filter(({ unit, joinedOn }) => !own.some(({ found, from }) => found?.id === unit && from === joinedOn))
      for (const [at, { unit: code, found, from, to, liaison }] of own.entries()) {
        if (!isWithin(from, values.foundedOn, endedOn)) row.refuse('members', say(`${code} joins on ${from}, outside the life of the conference.`, `${code} 的加入日期 ${from} 不在联席会议存续期内。`))
        if (to && to <= from) row.refuse('members', say(`${code} leaves on ${to}, not after it joined.`, `${code} 的退出日期 ${to} 须晚于加入日期。`))
        if (!found) continue
        if (!isWithin(from, found.foundedOn, found.endedOn)) row.refuse('members', say(`${code} does not exist on ${from}.`, `${code} 在 ${from} 不存在。`))
        const others = [...own.slice(0, at).map((one) => ({ unit: one.found?.id, from: one.from, to: one.to })), ...kept.map((one) => ({ unit: one.unit, from: one.joinedOn!, to: one.leftOn }))]
        if (others.some((one) => one.unit === found.id && overlaps(from, to, one.from, one.to))) row.refuse('members', say(`${code} is a member twice on one day.`, `${code} 的成员期间重叠。`), say('Correct its days.', '请更正日期。'))
        const isNow = isWithin(today, from, to) && !isOver
        if (isNow && !isWithin(today, found.foundedOn, found.endedOn)) row.refuse('members', say(`${code} no longer exists.`, `${code} 已撤销。`), say('Give the day on which it left.', '请填写退出日期。'))
        const person = resolve(row, 'members', liaison, people, { en: 'person', zh: '人员' })
        const isNamed = joined.get(row.id)?.some((one) => one.unit === found.id && one.liaison === person?.id)
        if (person && isNow && !isNamed && !person.places.some(({ unitId, ...place }) => unitId === found.id && isWithin(today, place.from, place.to))) {
          row.refuse('members', say(`${liaison} has no appointment in ${code} today.`, `${liaison} 当前不在 ${code} 任职。`), say('Name somebody of the unit.', '请填写该单位人员。'))
        }
      }
    }
    sheet.settle()

    const [main, members] = [new Plan(conferences), new Plan(memberships)]
    for (const row of sheet.good()) {
      const { division, convenor, document, members: own, ...plain } = row.values
      main.put(row, stored.get(plain.code), { ...plain, division: divisions.get(division)!.id, convenor: units.get(convenor)!.id, document: document === undefined ? undefined : (documents.get(document ?? '')?.id ?? null) }, row.id)
      for (const { unit: code, from, to, liaison } of own ?? []) {
        const unit = units.get(code)!.id
        members.put(row, joined.get(row.id)?.find((one) => one.unit === unit && one.joinedOn === from), { conference: row.id, unit, liaison: liaison ? people.get(liaison)!.id : null, joinedOn: from, leftOn: to })
      }
    }
    return { main, plans: [main, members] }
  },
})
