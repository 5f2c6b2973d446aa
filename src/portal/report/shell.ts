/// <reference lib="dom" />
import type { ReportData } from './data.js'

/** What the page is made with: the parts that follow its own text. */
export interface Parts<Answer> {
  draw(data: ReportData, root: HTMLElement): void
  flatten(answer: Answer, asOf: string): ReportData
  /** `query Report($division: String!, $year: Int!)`. */
  document: string
}

/**
 * Shows the report that lies in the page, or asks for token, division and year and fetches it. It runs in the browser: the page takes its text as it stands here, so it names nothing outside itself.
 * The token stays in this page's memory and is gone with it.
 */
export function openReport<Answer>({ draw, flatten, document: query }: Parts<Answer>): void {
  const root = document.getElementById('report')!
  const form = document.querySelector('form')!
  const said = document.getElementById('said')!
  const save = document.getElementById('save') as HTMLButtonElement
  const kept = document.getElementById('data')!
  const show = (data: ReportData): void => {
    root.replaceChildren()
    draw(data, root)
    document.title = `${data.division.name} ${data.year} 年报告`
    save.hidden = false
    save.onclick = () => {
      const page = document.documentElement.cloneNode(true) as HTMLElement
      page.querySelector('#report')!.replaceChildren()
      page.querySelector('form')!.hidden = true
      // What stands in it must not end the element that holds it.
      page.querySelector('#data')!.textContent = JSON.stringify(data).replaceAll('<', '\\u003c')
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([`<!doctype html>\n${page.outerHTML}`], { type: 'text/html' }))
      link.download = `heli-report-${data.division.code}-${data.year}.html`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
    }
  }
  const given = JSON.parse(kept.textContent || 'null') as ReportData | null
  if (given) {
    form.hidden = true
    return show(given)
  }
  const asked = new URLSearchParams(location.search)
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
  field('division').value = asked.get('division') ?? ''
  field('year').value = asked.get('year') ?? ''
  form.onsubmit = (event) => {
    event.preventDefault()
    const [token, division, year] = ['token', 'division', 'year'].map((name) => field(name).value.trim()) as [string, string, string]
    said.textContent = '正在统计……'
    const button = form.querySelector('button')!
    button.disabled = true
    fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'zh-CN', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, operationName: 'Report', variables: { division, year: Number(year) } }),
    })
      .then(async (response) => {
        const { data, errors } = (await response.json()) as { data?: Answer | null; errors?: { message: string }[] }
        if (!data || errors?.length) throw new Error([...new Set(errors?.map(({ message }) => message))].join('；') || `服务器答复 ${response.status}`)
        show(flatten(data, new Date(response.headers.get('date') ?? Date.now()).toISOString()))
        said.textContent = ''
        history.replaceState(null, '', `?${new URLSearchParams({ division, year })}`)
      })
      .catch((error: Error) => void (said.textContent = `未能取得报告：${error.message}`))
      .finally(() => void (button.disabled = false))
  }
}
