import cliProgress from 'cli-progress'
import { graphql } from 'graphql'
import type { Backbone } from './backbone.js'
import { loadDemoNetwork } from './importing/seed.js'
import { hashServiceToken, type DemoIssuer } from './sign-in/index.js'
import { escalationName } from './jobs/escalation.js'
import { issueServiceToken } from './service-tokens.js'

/** Personas of the demo network, each with what it is there to show. */
export const personas = {
  coordinator: 'provincial coordination office: every initiative and task of the province',
  leader: 'head of the provincial Party committee: reads what the coordinator reads',
  'civil-affairs': 'provincial civil affairs, head',
  hr: 'provincial human resources, personnel officer: identity data of its own unit',
  education: 'provincial education, head',
  union: 'provincial trade union',
  'youth-league': 'provincial youth league',
  'womens-federation': "provincial women's federation",
  'county-coordinator': 'coordination office of one county',
  'county-civil-affairs': 'civil affairs of one county, head',
  finance: 'civil affairs of one county, finance: its budget, tenders and contracts',
  community: 'a community social worker',
  agency: 'head of a private agency',
  auditor: 'audit administrator',
  'security-admin': 'security administrator: mandates and appointments',
  'system-admin': 'system administrator: divisions and units',
  bi: 'service account of a BI tool',
} as const

/** Loads the demo network into an empty database, with a progress bar on a terminal. */
export async function fillDemoNetwork(backbone: Backbone, demo: DemoIssuer, folder = 'seeds'): Promise<boolean> {
  const { database } = backbone
  const [kept] = await database.read<{ n: boolean }>({ text: 'select exists (select 1 from division) as n', values: [] })
  if (kept!.n) return false
  const bar = process.stderr.isTTY ? new cliProgress.SingleBar({ format: ' {bar} {percentage}% {step}', hideCursor: true, clearOnComplete: true }, cliProgress.Presets.shades_classic) : undefined
  if (!bar) console.error('Loading the demo network …')
  bar?.start(1, 0, { step: '' })
  try {
    await loadDemoNetwork({
      database,
      folder,
      accountIssuer: demo.issuer,
      onProgress: ({ done, total, step }) => {
        bar?.setTotal(total)
        bar?.update(done, { step })
      },
    })
    const year = 365 * 86_400_000
    await issueServiceToken(database, { name: 'bi (demo)', role: 'BI_READER', unitCode: '330000-ORGANISATION_DEPARTMENT', tokenHash: hashServiceToken(demo.serviceToken('bi')), expiresAt: new Date(Date.now() + year) })
    await issueServiceToken(database, { name: escalationName, role: 'COORDINATOR', unitCode: '330000-ORGANISATION_DEPARTMENT', tokenHash: hashServiceToken(demo.serviceToken(escalationName)), expiresAt: new Date(Date.now() + year) })
  } finally {
    bar?.stop()
  }
  await publishFigures(backbone, demo)
  return true
}

/** What the coordination office does once the rows are there: the figures over people and pay of the last year are published, as they would be by hand. */
async function publishFigures(backbone: Backbone, demo: DemoIssuer): Promise<void> {
  const year = new Date().getFullYear() - 1
  const as = () => backbone.contextFor({ identity: { kind: 'person', issuer: demo.issuer, subject: 'coordinator' }, language: 'en', strict: false, requestId: 'demo', isRouter: false })
  const asked = await graphql({ schema: backbone.schema, source: '{ divisions(filter: { code: { eq: "330000" } }) { nodes { id } } }', contextValue: await as() })
  const { divisions } = asked.data as unknown as { divisions: { nodes: { id: string }[] } }
  const [province] = divisions.nodes
  if (!province) return
  for (const act of ['payFiguresPublish', 'indicatorFiguresPublish']) {
    const source = `mutation ($input: ${act[0]!.toUpperCase()}${act.slice(1)}Input!) { ${act}(input: $input) { userErrors { message } } }`
    const { data, errors } = await graphql({ schema: backbone.schema, source, contextValue: await as(), variableValues: { input: { idempotencyKey: `demo-${act}-${year}`, divisionId: province.id, year } } })
    const [fault] = errors ?? (data as Record<string, { userErrors: { message: string }[] }>)[act]!.userErrors
    if (fault) throw new Error(`${act} of the demo network: ${fault.message}`)
  }
}
