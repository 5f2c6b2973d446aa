import { fenOf, newId } from '../kernel/index.js'
import { Award, Bid, Lot, Procurement } from '../modules/procurement/index.js'
import { choice, column, day, flag, instant, text, whole, yuan } from './columns.js'
import { say } from './fault.js'
import { unitsByCode } from './references.js'
import { linesByCode, lotsByKey } from './money.references.js'
import { resolve, spec } from './spec.js'
import { grouped, indexed, load, Plan, table } from './stored.js'
import { contractFundings, openedLotStatuses } from './terms.js'

const procurements = table(Procurement, { code: 'text', title: 'text', purchaser: 'link', line: 'link', funding: 'text', status: 'text', publishedOn: 'day' })
const lots = table(Lot, { procurement: 'link', number: 'whole', title: 'text', ceilingAmount: 'decimal', opensAt: 'instant', status: 'text', openedAt: 'instant' })
const bids = table(Bid, { lot: 'link', bidder: 'link', submittedAt: 'instant', status: 'text', amount: 'decimal', proposal: 'text' })
const awards = table(Award, { lot: 'link', bid: 'link', agency: 'link', status: 'text', chosenOn: 'day', reason: 'text', answeredOn: 'day' })

/** Procurements by their lots, one line each, that were opened; the lines of a procurement agree on what is said of it. */
export const lotImport = spec({
  columns: {
    code: column(text(60), '采购编号', { required: true }),
    title: column(text(), '项目名称', { required: true }),
    line: column(text(60), '预算编号', { required: true }),
    funding: column(choice(contractFundings), '经费方式', { required: true }),
    publishedOn: column(day, '公告日期', { required: true }),
    lot: column(whole(1, 999), '标段号', { required: true }),
    lotTitle: column(text(), '标段名称', { required: true }),
    ceiling: column(yuan, '最高限价', { required: true }),
    opensAt: column(instant, '开标时间', { required: true }),
    status: column(choice(openedLotStatuses), '标段状态 状态', { required: true }),
  },
  key: ['code', 'lot'],
  async plan(sheet, { run, today }) {
    const lines = await linesByCode(run, sheet.rows.map(({ values }) => values.line))
    const codes = sheet.rows.map(({ values }) => values.code)
    const stored = indexed(await load(run, procurements, 'code = any($1::text[])', [codes]), ({ code }) => code!)
    const known = new Map([...stored.values()].map(({ id, code }) => [id, code!]))
    const kept = indexed(await load(run, lots, 'procurement_id = any($1::text[])', [[...known.keys()]]), ({ procurement, number }) => `${known.get(procurement!)} ${number}`)
    const byCode = grouped(sheet.rows, ({ values }) => values.code ?? '')
    for (const [first, ...rest] of byCode.values()) {
      for (const row of [first!, ...rest]) {
        const { values } = row
        if (!row.isGood) continue
        resolve(row, 'line', values.line, lines, { en: 'budget line', zh: '预算项目' })
        for (const name of ['title', 'line', 'funding', 'publishedOn'] as const) if (values[name] !== first!.values[name]) row.refuse(name, say(`Line ${first!.line} says something else of the procurement.`, `与第 ${first!.line} 行对同一采购的填写不同。`))
        if (values.opensAt.slice(0, 10) > today) row.refuse('opensAt', say('A lot that was opened does not open in the future.', '已开标的标段，开标时间不得晚于今天。'))
        row.needs(first!, 'code')
      }
    }
    sheet.settle()
    const main = new Plan(procurements)
    const parts = new Plan(lots)
    for (const [first, ...rest] of byCode.values()) {
      const good = [first!, ...rest].filter(({ isGood }) => isGood)
      if (good.length === 0) continue
      const { code, title, line, funding, publishedOn } = first!.values
      const isSettled = good.every(({ values }) => values.status === 'CONTRACTED' || values.status === 'FAILED')
      main.put(first!, stored.get(code), { code, title, purchaser: lines.get(line)!.unitId, line: lines.get(line)!.id, funding, status: isSettled ? 'CLOSED' : 'PUBLISHED', publishedOn })
      const procurement = main.rows.at(-1)!.id
      for (const row of good) {
        const { lot, lotTitle, ceiling, opensAt, status } = row.values
        parts.put(row, kept.get(sheet.keyOf(row)), { procurement, number: lot, title: lotTitle, ceilingAmount: ceiling, opensAt, status, openedAt: opensAt })
      }
    }
    return { main: parts, plans: [main, parts] }
  },
})

/** Bids that were opened, and which of them was chosen and accepted. A sealed bid is no matter of an import: it comes from its bidder alone. */
export const bidImport = spec({
  columns: {
    procurement: column(text(60), '采购编号', { required: true }),
    lot: column(whole(1, 999), '标段号', { required: true }),
    bidder: column(text(60), '投标方 投标单位', { required: true }),
    submittedAt: column(instant, '投标时间', { required: true }),
    amount: column(yuan, '报价 投标报价', { required: true }),
    proposal: column(text(4000), '服务方案', { required: true }),
    isChosen: column(flag, '是否中标 中标', { required: true }),
    chosenOn: column(day, '定标日期'),
    reason: column(text(1000), '定标理由'),
  },
  key: ['procurement', 'lot', 'bidder'],
  async plan(sheet, { run }) {
    const [found, units] = [await lotsByKey(run, sheet.rows.map(({ values }) => values.procurement)), await unitsByCode(run, sheet.rows.map(({ values }) => values.bidder))]
    const lotKeys = new Map([...found.values()].map(({ id, key }) => [id, key]))
    const unitKeys = new Map([...units.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, bids, `lot_id = any($1::text[]) and status = 'OPENED'`, [[...lotKeys.keys()]]), ({ lot, bidder }) => `${lotKeys.get(lot!)} ${unitKeys.get(bidder!)}`)
    const kept = indexed(await load(run, awards, `lot_id = any($1::text[]) and status = 'ACCEPTED'`, [[...lotKeys.keys()]]), ({ bid }) => bid!)
    const lotOf = ({ values }: (typeof sheet.rows)[number]) => found.get(`${values.procurement} ${values.lot}`)
    const chosen = new Set<string>()
    for (const row of sheet.good()) {
      const { values } = row
      const lot = lotOf(row)
      if (!lot) row.refuse('lot', say('The procurement has no lot of this number.', '该采购没有此标段。'))
      else if (['DRAFT', 'PUBLISHED', 'CANCELLED'].includes(lot.status)) row.refuse('lot', say('The lot was not opened: its bids come from the bidders alone.', '该标段尚未开标，投标只能由投标方提交。'))
      const bidder = resolve(row, 'bidder', values.bidder, units, { en: 'unit', zh: '单位' })
      if (fenOf(values.amount) <= 0n || (lot && fenOf(values.amount) > fenOf(lot.ceiling))) row.refuse('amount', say('A bid is more than 0 and at most the ceiling.', '报价须大于 0 且不超过最高限价。'))
      if (values.isChosen !== Boolean(values.chosenOn) || values.isChosen !== Boolean(values.reason)) row.refuse('chosenOn', say('A chosen bid says when and why, and only such a one.', '中标的须填写定标日期和理由，其他不填。'))
      if (!values.isChosen || !lot) continue
      if (chosen.has(lot.id) || (lot.agencyId && bidder && lot.agencyId !== bidder.id)) row.refuse('isChosen', say('Another bid of the lot was chosen.', '该标段已有其他中标方。'))
      chosen.add(lot.id)
    }
    const main = new Plan(bids)
    const won = new Plan(awards)
    for (const row of sheet.good()) {
      const { procurement: _procurement, lot: _lot, bidder, isChosen, chosenOn, reason, ...plain } = row.values
      const [lot, unit] = [lotOf(row)!.id, units.get(bidder)!.id]
      const before = stored.get(sheet.keyOf(row))
      const id = before?.id ?? newId(bids.prefix)
      main.put(row, before, { ...plain, lot, bidder: unit, status: 'OPENED' }, id)
      if (isChosen) won.put(row, kept.get(id), { lot, bid: id, agency: unit, status: 'ACCEPTED', chosenOn: chosenOn!, reason: reason!, answeredOn: chosenOn! })
    }
    return { main, plans: [main, won] }
  },
})
