/* PostGraphile in a process of its own, from its own folder; installed there when first needed. It knows no viewer: every row and field is open to it. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { awaitAnswer, freePort, type Running } from './heli.ts'

const folder = join(import.meta.dirname, 'peer')

const track = 'id: rowId role status dueOn progress'
const documents: Readonly<Record<string, string>> = {
  P1: `query Page($before: Datetime!) {
  initiatives: allInitiatives(filter: { status: { equalTo: "ACTIVE" }, createdAt: { lessThan: $before } }, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], first: 20) {
    totalCount
    nodes {
      id: rowId code title status
      leadUnit: unitByLeadUnitId { id: rowId name }
      participations: participationsByInitiativeIdList(orderBy: [ROW_ID_ASC]) { role unit: unitByUnitId { id: rowId name } }
      tasks: tasksByInitiativeId(first: 10, orderBy: [DUE_ON_ASC, ROW_ID_ASC]) {
        nodes { id: rowId title status dueOn assignments: assignmentsByTaskIdList(orderBy: [ROLE_DESC, ROW_ID_ASC]) { role progress unit: unitByUnitId { name } person: personByPersonId { name title } } }
      }
    }
  }
}`,
  P2: `query Flat($a: String!, $b: String!, $c: String!, $d: String!, $e: String!) {
${['a', 'b', 'c', 'd', 'e']
  .map((page) => `  ${page}: allAssignments(first: 200, filter: { rowId: { greaterThan: $${page} } }, orderBy: [ROW_ID_ASC]) {
    nodes { ${track} unit: unitByUnitId { id: rowId code name } person: personByPersonId { id: rowId name } task: taskByTaskId { id: rowId code title status dueOn initiative: initiativeByInitiativeId { id: rowId code title } } }
    pageInfo { hasNextPage }
  }`)
  .join('\n')}
}`,
  P3: `query Open($division: String!, $status: [String!]!) {
  assignments: allAssignments(filter: { status: { in: $status }, unitByUnitId: { divisionByDivisionId: { code: { startsWith: $division } } } }, orderBy: [DUE_ON_DESC, ROW_ID_DESC], first: 50) {
    totalCount
    nodes { ${track} unit: unitByUnitId { id: rowId name } person: personByPersonId { name title } task: taskByTaskId { id: rowId code title urgency } }
  }
}`,
  P4: `query TaskPage($id: String!) {
  task: taskByRowId(rowId: $id) {
    id: rowId version createdAt updatedAt code title requirement source urgency confidential issuedOn dueOn expectedResult status
    initiative: initiativeByInitiativeId { id: rowId code title status leadUnit: unitByLeadUnitId { id: rowId name } }
    issuingUnit: unitByIssuingUnitId { id: rowId name divisionByDivisionId { id: rowId code name } }
    parent: taskByParentId { id: rowId code title status }
    children: tasksByParentId(first: 50, orderBy: [ROW_ID_ASC]) { totalCount nodes { id: rowId code title status dueOn leads: assignmentsByTaskIdList(condition: { role: "LEAD" }) { unit: unitByUnitId { id: rowId name } } } }
    assignments: assignmentsByTaskIdList(orderBy: [ROLE_DESC, ROW_ID_ASC]) {
      ${track} version internalNote unit: unitByUnitId { id: rowId name } person: personByPersonId { id: rowId name title officePhone } liaison: personByLiaisonId { id: rowId name title officePhone }
    }
  }
}`,
}

export interface Peer extends Running {
  answers(query: string): boolean
  bodies(query: string, variables: readonly object[]): (() => string)[]
}

export async function startPeer(databaseUrl: string, poolSize: number, log: (line: string) => void): Promise<Peer> {
  if (!existsSync(join(folder, 'node_modules', 'postgraphile'))) {
    log('installing the peer (npm ci in test/bench/peer) …')
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
  }
  const port = await freePort()
  const child = spawn(process.execPath, [join(folder, 'server.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', GRAPHILE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port), POOL_SIZE: String(poolSize) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const running = await awaitAnswer(child, `http://127.0.0.1:${port}`, '/graphql', JSON.stringify({ query: '{ __typename }' }))
  return {
    ...running,
    answers: (query) => query in documents,
    bodies: (query, variables) =>
      variables.map((given) => {
        const body = JSON.stringify({ query: documents[query], variables: given })
        return () => body
      }),
  }
}
