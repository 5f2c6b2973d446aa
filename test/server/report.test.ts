import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { JSDOM, VirtualConsole } from 'jsdom'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world)
const windows: JSDOM[] = []
let page: { text: string; headers: Record<string, unknown> }

beforeAll(async () => {
  page = (await door.send({ method: 'GET', path: '/report' })) as never
})

afterAll(() => windows.forEach(({ window }) => window.close()))

const scriptsOf = (html: string) => [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text!)

/** The page as a browser runs it; what it cannot draw for want of a screen it draws in a size of its own. */
async function opened(html: string, path = '/report'): Promise<JSDOM & { faults: string[] }> {
  const faults: string[] = []
  const virtualConsole = new VirtualConsole()
  virtualConsole.on('jsdomError', (error) => void faults.push(error.message))
  const dom = new JSDOM(html, {
    url: `${door.url}${path}`,
    runScripts: 'dangerously',
    virtualConsole,
    beforeParse(window) {
      window.fetch = ((at: string, init: object) => fetch(new URL(at, door.url), init)) as never
      for (const [name, size] of [['clientWidth', 600], ['clientHeight', 400]] as const) Object.defineProperty(window.HTMLElement.prototype, name, { get: () => size })
      window.HTMLCanvasElement.prototype.getContext = (() => null) as never
      window.URL.createObjectURL = ((blob: Blob) => (Object.assign(window, { saved: blob }), 'blob:saved')) as never
      window.URL.revokeObjectURL = () => undefined
    },
  })
  windows.push(dom)
  return Object.assign(dom, { faults })
}

async function ask({ window }: JSDOM, token: string, division: string, year: string): Promise<string> {
  const { document } = window
  for (const [name, value] of Object.entries({ token, division, year })) (document.querySelector(`[name=${name}]`) as unknown as { value: string }).value = value
  const form = document.querySelector('form')!
  form.dispatchEvent(new window.Event('submit', { cancelable: true }))
  for (let waited = 0; form.querySelector('button')!.disabled && waited < 20_000; waited += 20) await new Promise((go) => setTimeout(go, 20))
  return document.getElementById('said')!.textContent!
}
const texts = (root: ParentNode, selector: string) => [...root.querySelectorAll(selector)].map(({ textContent }) => textContent)

describe('/report', () => {
  it('is one page that brings everything along, runs its own two scripts, and speaks to its own server alone', async () => {
    const policy = page.headers['content-security-policy'] as string
    const hashes = scriptsOf(page.text).map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    expect(hashes).toHaveLength(2)
    expect(policy).toBe(`default-src 'none'; script-src ${hashes.join(' ')}; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`)
    expect(page.text.replace(/<script>[\s\S]*?<\/script>/g, '')).not.toMatch(/\b(?:src|href)="(?!data:)|url\(/)
    expect((await door.send({ method: 'POST', path: '/report' })).codes).toEqual(['METHOD_NOT_ALLOWED'])
  })

  it('draws what its reader may see, each chart with its figures beside it', async () => {
    const { office } = await world.build.network()
    await world.build.task({ issuingUnitId: office.id })
    const dom = await opened(page.text, '/report?division=330000&year=2026')
    expect(await ask(dom, 'coordinator', '330000', '2026')).toBe('')
    const { document } = dom.window
    expect(dom.faults).toEqual([])
    expect(texts(document, 'h2')).toEqual(['四类问题', '六项机制', '各单位办理时效'])
    expect(texts(document, 'h3').slice(0, 10)).toEqual(['综合能力', '人员结构', '专业服务', '队伍总量', '组织领导', '专业岗位', '经费保障', '薪酬', '民办机构', '专业能力'])
    for (const article of document.querySelectorAll('article')) {
      const isTold = texts(article, 'td:nth-child(2), td:nth-child(3)').some((text) => text !== '—')
      expect(article.querySelectorAll('.chart svg')).toHaveLength(isTold ? 1 : 0)
      expect(article.querySelectorAll('tbody tr').length).toBeGreaterThan(0)
    }
    const { json } = await door.ask({ query: '{ indicators { nameZh } }' }, { as: 'coordinator' })
    const all = json.data.indicators.map(({ nameZh }: { nameZh: string }) => nameZh).sort()
    const section = (at: number) => document.querySelectorAll('section')[at]!
    expect(texts(section(0), 'tbody td:first-child').sort()).toEqual(all)
    expect(texts(section(1), 'tbody td:first-child').sort()).toEqual(all)

    // The page that is saved shows the same without asking anybody, whatever stands in its data.
    dom.window.document.getElementById('save')!.click()
    const saved = await (dom.window as unknown as { saved: Blob }).saved.arrayBuffer().catch(() => undefined)
    const html = saved ? Buffer.from(saved).toString() : await new Promise<string>((done) => {
      const reader = new dom.window.FileReader()
      reader.onload = () => done(reader.result as string)
      reader.readAsText((dom.window as never as { saved: never }).saved)
    })
    expect(scriptsOf(html)).toEqual(scriptsOf(page.text))
    const again = await opened(html)
    expect(again.faults).toEqual([])
    expect(texts(again.window.document, 'td')).toEqual(texts(document, 'td'))
    expect(again.window.document.querySelector('form')!.hidden).toBe(true)
  })

  it('says why it shows nothing', async () => {
    await world.build.network()
    const dom = await opened(page.text)
    for (const [token, division, year, why] of [['', '330000', '2026', /^未能取得报告：请求头 Authorization 中没有可用的令牌/], ['coordinator', '999999', '2026', /^未能取得报告：没有您可见的该对象/], ['coordinator', '330000', '1', /^未能取得报告：.*year/]] as const) {
      expect(await ask(dom, token, division, year)).toMatch(why)
      expect(texts(dom.window.document, '#report *')).toEqual([])
    }
  })
})
