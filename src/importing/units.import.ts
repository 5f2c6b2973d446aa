import type { Run } from '../database.js'
import { overlaps } from '../kernel/index.js'
import { Division } from '../modules/divisions/index.js'
import { checkCreditCode, Unit, UnitName, UnitSystem } from '../modules/units/index.js'
import { CellFault, choice, column, day, list, period, text, type Period } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode, unitsByCode } from './references.js'
import type { FileRow } from './sheet.js'
import { above, identify, parentsFirst, refuseCycles, resolve, spec } from './spec.js'
import { distinct, grouped, indexed, load, pair, Plan, table, type Stored } from './stored.js'
import { divisionLevels, legalForms, unitKinds } from './terms.js'
import { checkEndings } from './units.ending.js'

const units = table(
  Unit,
  {
    code: 'text', name: 'text', shortName: 'text', kind: 'text', division: 'link', lineParent: 'link', creditCode: 'text', system: 'link', institutionKind: 'text',
    legalForm: 'text', registrationLevel: 'text', foundedOn: 'day', endedOn: 'day', successor: 'link',
  },
  { property: 'creditCode', to: 'null', when: ['creditCode'] },
)
const names = table(UnitName, { unit: 'link', name: 'text', validFrom: 'day', validTo: 'day' }, { property: 'validTo', to: 'valid_from', when: ['validFrom', 'validTo'] })
const systems = table(UnitSystem, { name: 'text', validFrom: 'day' })

/** The return's list of systems begins with its first edition. */
const firstReturn = '2019-01-01'

interface Named extends Period {
  name: string
}

const formerName = (cell: string): Named => {
  const at = cell.lastIndexOf('@')
  const found = at > 0 ? { name: text()(cell.slice(0, at).trim()), ...period(cell.slice(at + 1)) } : undefined
  if (!found?.to || found.to <= found.from) throw new CellFault(say(`"${cell}" is no former name with its dates.`, `“${cell}”不是带日期的曾用名。`), say('Write it like 某某局@2004-01-01..2014-05-01.', '请写作 某某局@2004-01-01..2014-05-01。'))
  return found
}

/** Units with their names. A name in the file counts from its day; names that only the database knows stay, and must not meet it. */
export const unitImport = spec({
  columns: {
    code: column(text(60), '单位代码 代码', { required: true }),
    name: column(text(), '单位名称 名称', { required: true }),
    shortName: column(text(60), '简称 单位简称'),
    kind: column(choice(unitKinds), '单位类别 类别', { required: true }),
    division: column(text(12), '所在区划 区划代码 行政区划', { required: true }),
    lineParent: column(text(60), '条线上级 上级单位 上级单位代码'),
    creditCode: column(text(18), '统一社会信用代码 信用代码'),
    system: column(text(40), '所属系统 系统'),
    institutionKind: column(text(40), '机构类别 机构类型'),
    legalForm: column(choice(legalForms), '法人类型 组织形式'),
    registrationLevel: column(choice(divisionLevels), '登记层级 登记级别'),
    foundedOn: column(day, '成立日期 成立时间', { required: true }),
    endedOn: column(day, '撤销日期 撤销时间'),
    successor: column(text(60), '承接单位 承接单位代码'),
    formerNames: column(list(formerName), '曾用名 历史名称'),
  },
  key: ['code'],
  async plan(sheet, stage) {
    const { run } = stage
    const stored = await identify(run, sheet, units, 'code')
    const divisions = await divisionsByCode(run, sheet.rows.map(({ values }) => values.division))
    const known = await unitsByCode(run, sheet.rows.flatMap(({ values }) => [values.lineParent, values.successor]))
    const kept = grouped(await load(run, names, 'unit_id = any($1::text[])', [[...stored.values()].map(({ id }) => id)]), ({ unit }) => unit!)
    const places = new Map(
      sheet.good().map((row) => {
        const { values } = row
        const division = resolve(row, 'division', values.division, divisions, { en: 'division', zh: '区划' })
        if (division && Division.prototype.isPseudo.call(division as never)) row.refuse('division', say(`${division.name} only fills a level of the published list.`, `“${division.name}”为虚拟区划，不设单位。`), say('Take the division above or below.', '请选择其上级或下级区划。'))
        if (values.creditCode) row.meets('creditCode', (name) => checkCreditCode(values.creditCode!, name))
        if (values.endedOn && values.endedOn <= values.foundedOn) row.refuse('endedOn', say(`It must end after its first day, ${values.foundedOn}.`, `撤销日期须晚于成立日期 ${values.foundedOn}。`))
        if (values.successor && sheet.has('endedOn') && !values.endedOn) row.refuse('successor', say('Only a unit that ended has a successor.', '只有已撤销的单位才有承接单位。'))
        if (values.successor === values.code) row.refuse('successor', say('A unit cannot succeed itself.', '承接单位不能是本单位。'))
        const lineParent = above(sheet, row, 'lineParent', values.lineParent, known)
        const successor = above(sheet, row, 'successor', values.successor, known)
        return [row, { division: division?.id, lineParent, successor, named: nameRow(row, values, kept.get(row.id) ?? []) }] as const
      }),
    )
    refuseCycles(sheet.good(), 'lineParent', await lines(run, places))
    await checkCreditOwners(run, sheet.good())
    await checkEndings(stage, sheet.good().map((row) => ({ row, endedOn: row.values.endedOn, division: places.get(row)!.division!, before: stored.get(row.values.code) })))
    sheet.settle()

    const good = parentsFirst(sheet.good(), (row) => [places.get(row)?.lineParent?.row, places.get(row)?.successor?.row])
    const systemPlan = new Plan(systems)
    const systemIds = await listSystems(run, good, systemPlan)
    const main = new Plan(units)
    const namePlan = new Plan(names)
    for (const row of good) {
      const { formerNames: _names, ...plain } = row.values
      const { division, lineParent, successor, named } = places.get(row)!
      const idOf = (given: string | null | undefined, id: string | undefined) => (given === undefined ? undefined : (id ?? null))
      main.put(row, stored.get(plain.code), { ...plain, division: division!, lineParent: idOf(plain.lineParent, lineParent?.id), successor: idOf(plain.successor, successor?.id), system: idOf(plain.system, systemIds.get(plain.system ?? '')) }, row.id)
      for (const [name, before] of named) namePlan.put(row, before, { unit: row.id, name: name.name, validFrom: name.from, validTo: name.to })
    }
    return { main, plans: [systemPlan, main, namePlan] }
  },
})

type StoredName = Stored<typeof names.properties>
type Row = FileRow<{ creditCode?: string | null | undefined; system?: string | null | undefined }>

const dated = ({ name, from, to }: Named): string => `${name}@${from}..${to ?? ''}`

/** The names that the row says, each with the stored one that it corrects. Refuses names that would hold on one day. */
function nameRow(row: FileRow<unknown>, { name, foundedOn, endedOn, formerNames }: { name: string; foundedOn: string; endedOn?: string | null | undefined; formerNames?: Named[] | null | undefined }, stored: StoredName[]): [Named, StoredName | undefined][] {
  const column = formerNames === undefined ? 'name' : 'formerNames'
  const latest = stored.toSorted((a, b) => (a.validFrom! < b.validFrom! ? -1 : 1)).at(-1)
  if (formerNames === undefined && latest) return [[{ name, from: latest.validFrom!, to: latest.validTo }, latest]]
  const former = (formerNames ?? []).toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const wanted: Named[] = [...former, { name, from: former.at(-1)?.to ?? foundedOn, to: null }]
  if (former[0] && former[0].from < foundedOn) row.refuse(column, say(`A name begins before the unit, ${foundedOn}.`, `曾用名早于成立日期 ${foundedOn}。`))
  if (endedOn && wanted.at(-1)!.from >= endedOn) row.refuse(column, say(`A name lasts until the unit ends, ${endedOn}, or longer.`, `曾用名的结束日期不早于撤销日期 ${endedOn}。`))
  const { pairs, left } = pair(wanted, stored, { wanted: ({ from }) => from, stored: ({ validFrom }) => validFrom! }, { wanted: (one) => one.name, stored: (one) => one.name! })
  const others = [...wanted, ...left.map((one) => ({ name: one.name!, from: one.validFrom!, to: one.validTo }))]
  for (const [at, one] of wanted.entries()) {
    const meeting = others.find((other, index) => index > at && overlaps(one.from, one.to, other.from, other.to))
    if (meeting) row.refuse(column, say(`The names ${dated(one)} and ${dated(meeting)} hold on one day.`, `名称 ${dated(one)} 与 ${dated(meeting)} 的使用期间重叠。`), say('Let each name end on the first day of the next.', '请让每个名称在下一名称启用之日停用。'))
  }
  return wanted.map((one) => [one, pairs.get(one)])
}

/** From each unit of the file and each one above it to the next one up, as the file leaves it. */
async function lines(run: Run, places: ReadonlyMap<FileRow<unknown>, { lineParent: { id: string; stored?: object } | undefined }>): Promise<Map<string, string | null>> {
  const tops = distinct([...places.values()].map(({ lineParent }) => (lineParent?.stored ? lineParent.id : undefined)))
  const found = await run<{ id: string; up: string | null }>({
    text: `with recursive chain(id, up) as (select id, line_parent_id from unit where id = any($1::text[]) union select u.id, u.line_parent_id from unit u join chain on u.id = chain.up) select id, up from chain`,
    values: [tops],
  })
  const up = new Map(found.map((one) => [one.id, one.up]))
  for (const [row, { lineParent }] of places) if (lineParent) up.set(row.id, lineParent.id)
  return up
}

async function checkCreditOwners(run: Run, rows: readonly Row[]): Promise<void> {
  const given = rows.filter(({ values }) => values.creditCode)
  const taken = await run<{ id: string; code: string; credit: string }>({ text: `select id, code, credit_code as credit from unit where credit_code = any($1::text[])`, values: [given.map(({ values }) => values.creditCode!)] })
  const inFile = new Set(rows.map(({ id }) => id))
  const owners = new Map(taken.filter(({ id }) => !inFile.has(id)).map(({ credit, code }) => [credit, code]))
  for (const row of given) {
    const owner = owners.get(row.values.creditCode!)
    if (owner) row.refuse('creditCode', say(`It belongs to ${owner} already.`, `该代码已属于 ${owner}。`), say('Compare it with the certificate.', '请核对登记证书。'))
    owners.set(row.values.creditCode!, `line ${row.line}`)
  }
}

/** Ids of the systems by name; a name not yet listed is listed. */
async function listSystems(run: Run, rows: readonly Row[], plan: Plan<typeof systems.properties>): Promise<Map<string, string>> {
  const wanted = new Map(rows.filter(({ values }) => values.system).map((row) => [row.values.system!, row]))
  const stored = indexed(await load(run, systems, 'name = any($1::text[])', [[...wanted.keys()]]), ({ name }) => name!)
  for (const [name, row] of wanted) if (!stored.has(name)) plan.put(row, undefined, { name, validFrom: firstReturn })
  return new Map([...[...stored.values()].map(({ name, id }) => [name!, id] as const), ...plan.rows.map(({ id, after }) => [after['name'] as string, id] as const)])
}
