import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { drawReport } from './draw.js'
import { flattenReport, reportDocument } from './question.js'
import { openReport } from './shell.js'

const style = `
:root { font-family: system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1d2733; background: #f6f7f9; font-size: 15px }
body { margin: 0 auto; max-width: 1280px; padding: 1rem 1.5rem 3rem }
h1 { font-size: 1.6rem; margin: .5rem 0 } h2 { font-size: 1.25rem; margin: 2rem 0 .75rem; border-left: 4px solid #b3372f; padding-left: .6rem } h3 { font-size: 1.05rem; margin: 0 0 .5rem }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; background: #fff; border: 1px solid #d9dee5; border-radius: 6px; padding: 1rem }
form[hidden] { display: none } label { display: grid; gap: .25rem; font-size: .9rem } input { font: inherit; padding: .35rem .5rem; border: 1px solid #8a94a3; border-radius: 4px }
button { font: inherit; padding: .4rem 1rem; border: 0; border-radius: 4px; background: #b3372f; color: #fff; cursor: pointer } button:disabled { opacity: .6 } button[hidden] { display: none }
#said { min-height: 1.4em; color: #b3372f }
.cards { display: grid; gap: 1rem } article { background: #fff; border: 1px solid #d9dee5; border-radius: 6px; padding: 1rem }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); gap: 1rem; align-items: start } .table { overflow: auto; max-height: 32rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem } th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid #e4e8ed; font-variant-numeric: tabular-nums } th:first-child, td:first-child { text-align: left } thead th { position: sticky; top: 0; background: #fff }
span[title] { text-decoration: underline dotted #8a94a3 } .ON_TARGET { color: #2f7d4f } .NEAR { color: #946117 } .OFF_TARGET { color: #b3372f; font-weight: 600 }
@media (max-width: 800px) { .pair { grid-template-columns: 1fr } }
@media print { form, #save { display: none } :root { background: #fff } article { break-inside: avoid; border-color: #999 } .table { max-height: none } }
`.trim()

const charts = () => readFileSync(createRequire(import.meta.url).resolve('echarts/dist/echarts.min.js'), 'utf8')
const script = (): string => `(${openReport.toString()})({ draw: (data, root) => (${drawReport.toString()})(echarts, data, root), flatten: ${flattenReport.toString()}, document: ${JSON.stringify(reportDocument())} })`
const closed = (text: string): string => text.replaceAll('</script', '<\\/script')

/**
 * The page whole, with everything that it needs in itself: no other address is ever asked but this server's `/graphql`. Whoever saves it saves the
 * figures in it too, and then it asks nobody.
 */
export function reportPage(): string {
  const { library, program, policy } = texts()
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${policy}">
<title>Heli 合力 · 报告</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<form autocomplete="off">
<label>访问令牌<input name="token" type="password" required size="28"></label>
<label>行政区划代码<input name="division" required pattern="[0-9]{6,12}" placeholder="330000" size="12"></label>
<label>年度<input name="year" required type="number" min="2000" max="2100" placeholder="2026"></label>
<button>查看</button>
<button type="button" id="save" hidden>保存为网页</button>
</form>
<p id="said" role="status"></p>
<main id="report"></main>
<script type="application/json" id="data">null</script>
<script>${library}</script>
<script>${program}</script>
</body>
</html>
`
}

interface Texts {
  library: string
  program: string
  policy: string
}

let made: Texts | undefined
// A megabyte is put together and hashed once, not for each request.
function texts(): Texts {
  if (made) return made
  const [library, program] = [closed(charts()), closed(script())]
  const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = ["default-src 'none'", `script-src ${digestOf(library)} ${digestOf(program)}`, "style-src 'unsafe-inline'", 'img-src data:', "connect-src 'self'", "base-uri 'none'", "form-action 'none'"].join('; ')
  return (made = { library, program, policy })
}

/** Runs these two scripts and nothing else, and speaks to its own server alone. */
export const reportPolicy = (): string => texts().policy
