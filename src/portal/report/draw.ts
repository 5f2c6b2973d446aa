/// <reference lib="dom" />
import type { Figure, Group, ReportData, UnitPart } from './data.js'

/** The part of ECharts that the page uses. */
interface Charts {
  init(element: HTMLElement, theme: null, options: { renderer: 'svg' }): { setOption(option: object): void; resize(): void }
}

/**
 * Draws a report into `root`. It runs in the browser: the page takes its text as it stands here, so it names nothing outside itself.
 * Every chart has its figures as a table beside it, and no meaning lies in colour alone.
 */
export function drawReport(charts: Charts, data: ReportData, root: HTMLElement): void {
  const colours = { ON_TARGET: '#2f7d4f', NEAR: '#b7791f', OFF_TARGET: '#b3372f', NONE: '#3b6ea5', previous: '#8a94a3', line: '#1d2733' }
  const levels = { ON_TARGET: '达标', NEAR: '接近', OFF_TARGET: '未达标' }
  const shown = (value: number | null, { isShare, unit }: Figure): string => {
    if (value === null) return '—'
    const number = (isShare ? value * 100 : value).toLocaleString('zh-CN', { maximumFractionDigits: isShare ? 1 : 2 })
    return isShare ? `${number}%` : `${number}${unit ? ` ${unit}` : ''}`
  }
  const element = <T extends keyof HTMLElementTagNameMap>(name: T, text = '', className = ''): HTMLElementTagNameMap[T] => {
    const made = document.createElement(name)
    if (text) made.textContent = text
    if (className) made.className = className
    return made
  }
  const table = (heads: readonly string[], rows: readonly (readonly (string | Node)[])[]): HTMLElement => {
    const made = element('table')
    const head = made.createTHead().insertRow()
    for (const text of heads) {
      const cell = element('th', text)
      cell.scope = 'col'
      head.append(cell)
    }
    const body = made.createTBody()
    for (const cells of rows) {
      const row = body.insertRow()
      for (const cell of cells) row.insertCell().append(cell)
    }
    const frame = element('div', '', 'table')
    frame.tabIndex = 0
    frame.append(made)
    return frame
  }
  const section = (title: string): HTMLElement => {
    const made = element('section')
    made.append(element('h2', title))
    root.append(made)
    return made
  }
  const drawn: { resize(): void }[] = []
  const card = (into: HTMLElement, title: string, label: string, height: number, option: object, beside: HTMLElement): void => {
    const made = element('article')
    const pair = element('div', '', 'pair')
    const chart = element('div', '', 'chart')
    chart.style.height = `${height}px`
    chart.setAttribute('role', 'img')
    chart.setAttribute('aria-label', label)
    pair.append(chart, beside)
    made.append(element('h3', title), pair)
    into.append(made)
    const instance = charts.init(chart, null, { renderer: 'svg' })
    instance.setOption(option)
    drawn.push(instance)
  }

  // Indicators of one card have units of their own: each has a scale of its own, and shares nothing but the picture.
  const rowHeight = 58
  const figuresOption = (figures: readonly Figure[]): object => ({
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    tooltip: { trigger: 'item', confine: true },
    grid: figures.map((_figure, at) => ({ left: 12, right: 64, top: at * rowHeight + 24, height: 16 })),
    title: figures.map(({ nameZh }, at) => ({ text: nameZh, left: 8, top: at * rowHeight + 2, textStyle: { fontSize: 12, fontWeight: 'normal', color: colours.line } })),
    xAxis: figures.map(({ value, previous, target }, at) => ({ type: 'value', gridIndex: at, show: false, min: Math.min(0, value ?? 0, previous ?? 0), max: Math.max(value ?? 0, previous ?? 0, target ?? 0) * 1.08 || 1 })),
    yAxis: figures.map((_figure, at) => ({ type: 'category', gridIndex: at, show: false, data: [''] })),
    series: figures.flatMap((figure, at) => {
      const { value, previous, target, level, nameZh } = figure
      const place = { xAxisIndex: at, yAxisIndex: at }
      return [
        {
          ...place,
          name: nameZh,
          type: 'bar',
          barWidth: 14,
          showBackground: true,
          backgroundStyle: { color: '#eef1f5' },
          itemStyle: { color: colours[level ?? 'NONE'] },
          label: { show: true, position: 'right', formatter: shown(value, figure), color: colours.line },
          tooltip: { formatter: `${nameZh}<br>本期 ${shown(value, figure)}<br>上期 ${shown(previous, figure)}${target === null ? '' : `<br>目标 ${shown(target, figure)}`}` },
          data: [value],
          ...(target === null ? {} : { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: colours.line, type: 'solid', width: 2 }, data: [{ xAxis: target }] } }),
        },
        ...(previous === null ? [] : [{ ...place, name: '上期', type: 'scatter', symbol: 'diamond', symbolSize: 11, itemStyle: { color: '#fff', borderColor: colours.previous, borderWidth: 2 }, tooltip: { formatter: `上期 ${shown(previous, figure)}` }, data: [[previous, 0]] }]),
      ]
    }),
  })
  const figuresTable = (figures: readonly Figure[]): HTMLElement =>
    table(
      ['指标', '本期', '上期', '目标', '状态'],
      figures.map((figure) => {
        const name = element('span', figure.nameZh)
        name.title = figure.formulaZh
        const level = element('span', figure.level ? levels[figure.level] : (figure.absence ?? '未设标准'), `level ${figure.level ?? ''}`)
        return [name, shown(figure.value, figure), shown(figure.previous, figure), shown(figure.target, figure), level]
      }),
    )
  const groups = (title: string, all: readonly Group[]): void => {
    const into = section(title)
    const cards = element('div', '', 'cards')
    into.append(cards)
    for (const { nameZh, figures: listed } of all) {
      // What has no number is said in the table alone.
      const figures = listed.filter(({ value, previous }) => value !== null || previous !== null)
      if (figures.length === 0) {
        const made = element('article')
        made.append(element('h3', nameZh), figuresTable(listed))
        cards.append(made)
      } else card(cards, nameZh, `${nameZh}：${figures.map((figure) => `${figure.nameZh} ${shown(figure.value, figure)}`).join('，')}`, figures.length * rowHeight + 6, figuresOption(figures), figuresTable(listed))
    }
  }

  const heading = element('header')
  heading.append(element('h1', `${data.division.name}社会工作专业人才队伍建设报告`))
  heading.append(element('p', `${data.year} 年，数据截至 ${new Date(data.asOf).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}（北京时间）。只统计读者有权查看的数据；菱形为上期，竖线为目标。`))
  root.append(heading)
  groups('四类问题', data.families)
  groups('六项机制', data.mechanisms)

  const shareOf = ({ part, whole }: UnitPart) => (whole === 0 ? 0 : part / whole)
  const percent = (value: number) => `${(value * 100).toFixed(1)}%`
  const most = 15
  /** The worst first: with the least share, or with the greatest. */
  const byUnit = (into: HTMLElement, title: string, heads: readonly [part: string, whole: string, share: string], parts: readonly UnitPart[], isLeastWorst: boolean): void => {
    if (parts.length === 0) return into.append(element('p', `${title}：本期没有数据，或读者无权查看。`))
    const units = [...parts].sort((a, b) => (isLeastWorst ? shareOf(a) - shareOf(b) : shareOf(b) - shareOf(a)) || b.whole - a.whole)
    const worst = units.slice(0, most)
    card(
      into,
      units.length > most ? `${title}（图示${isLeastWorst ? '最低' : '最高'}的 ${most} 个单位，共 ${units.length} 个）` : title,
      `${title}：${worst.map((unit) => `${unit.name} ${percent(shareOf(unit))}`).join('，')}`,
      worst.length * 28 + 50,
      {
        animation: false,
        textStyle: { fontFamily: 'inherit' },
        tooltip: { trigger: 'item', confine: true },
        grid: { left: 8, right: 56, top: 8, bottom: 28, containLabel: true },
        xAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: (value: number) => `${Math.round(value * 100)}%` } },
        yAxis: { type: 'category', inverse: true, data: worst.map(({ name }) => name), axisLabel: { width: 180, overflow: 'truncate' } },
        series: [{ type: 'bar', itemStyle: { color: colours.NONE }, label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => percent(value) }, data: worst.map((unit) => ({ value: shareOf(unit), tooltip: { formatter: `${heads[0]} ${unit.part} / ${heads[1]} ${unit.whole}` } })) }],
      },
      table(['单位', ...heads], units.map((unit) => [unit.name, String(unit.part), String(unit.whole), percent(shareOf(unit))])),
    )
  }
  const ownership = section('各单位办理时效')
  const cards = element('div', '', 'cards')
  ownership.append(cards)
  byUnit(cards, '按期率（已公布的考评月）', ['按期', '到期', '按期率'], data.onTime, true)
  byUnit(cards, '在办任务逾期占比（当日）', ['逾期', '在办', '逾期占比'], data.overdue, false)
  addEventListener('resize', () => drawn.forEach((chart) => chart.resize()))
}
