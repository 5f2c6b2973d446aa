import type { Environment } from '../environment.js'
import type { SignIn } from '../sign-in/index.js'

/** Prints the address and, with the demo issuer, the personas and one line to paste. */
export async function announce(address: string, environment: Environment, signIn: SignIn, personas: Readonly<Record<string, string>>): Promise<void> {
  console.error(`\nHeli 合力 is ready: ${address}/graphql`)
  if (!signIn.demo) return
  const query = '{ initiatives(filter: { status: { eq: ACTIVE } }, first: 2) { totalCount nodes { code title leadUnit { name } tasks(first: 2) { nodes { title dueOn assignments { role unit { name } } } } } } }'
  const token = await signIn.demo.mint('coordinator')
  const width = Math.max(...Object.keys(personas).map((name) => name.length))
  console.error(
    [
      environment.isProduction ? '' : `GraphiQL in a browser: the same address. Demo tokens, valid 30 days: npm run token -- <persona>`,
      ...Object.entries(personas).map(([name, what]) => `  ${name.padEnd(width)}  ${what}`),
      '',
      'Try it, as the coordinator:',
      `curl -s ${address}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${token}' -d '${JSON.stringify({ query })}'`,
      '',
    ].join('\n'),
  )
}
