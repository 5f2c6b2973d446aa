import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { openBackbone, type Backbone } from './backbone.js'
import { verifyAudit } from './audit.js'
import { personas } from './demo.js'
import { diagnose } from './doctor.js'
import { escalate, noIdentity, saySlip } from './jobs/escalation.js'
import { contractOf } from './contract.js'
import { readEnvironment, type Environment } from './environment.js'
import { runExport } from './exporting/command.js'
import { formats } from './formats/index.js'
import { catalogue } from './reporting/views/index.js'
import { fillDemoNetwork } from './demo.js'
import { dayOf } from './kernel/index.js'
import { runImport } from './importing/command.js'
import { imports } from './importing/import.js'
import { createLog } from './server.js'
import { issueServiceToken, listServiceTokens, revokeServiceToken } from './service-tokens.js'
import { createSqlRole, dropSqlRole, listSqlRoles } from './sql-roles.js'
import { createServiceToken, hashServiceToken, openDemoIssuer, openSignIn } from './sign-in/index.js'

const settings = readEnvironment()
const environment = settings
const program = new Command('heli').description('Heli 合力: the backbone of a coordination network').showHelpAfterError()

/** Opens the backbone for one command and closes it whatever happens. */
async function withBackbone(work: (backbone: Backbone) => Promise<number | void>, environment: Environment = settings): Promise<void> {
  const backbone = await openBackbone({ environment, log: createLog({ LOG_LEVEL: environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL }) })
  try {
    if (backbone.database.kind === 'pglite') await backbone.database.migrate()
    process.exitCode = (await work(backbone)) ?? 0
  } finally {
    await backbone.close()
  }
}

program
  .command('serve')
  .description('start the server')
  .action(async () => void (await import('./main.js')))

program
  .command('migrate')
  .description('bring the database up to date')
  .action(() =>
    withBackbone(async ({ database }) => {
      const applied = await database.migrate()
      console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply: the database is up to date.')
    }),
  )

program
  .command('seed')
  .description('load the demo network into an empty database (never in production)')
  .action(() =>
    withBackbone(async (backbone) => {
      const loaded = await fillDemoNetwork(backbone, await openDemoIssuer(environment))
      console.log(loaded ? 'The demo network is loaded.' : 'The database is not empty; nothing was loaded.')
    }),
  )

program
  .command('import')
  .description(`enter rows from a file: ${Object.keys(imports).join(', ')}`)
  .argument('<type>', 'what the rows are')
  .argument('<file>', '.csv (UTF-8 or GBK) or .xlsx, headers in Chinese or English')
  .option('--dry-run', 'check everything, write nothing')
  .option('--partial', 'keep the good rows when some are bad')
  .option('--report <file>', 'write every fault to this CSV file')
  .option('--language <en|zh>', 'language of the report', 'zh')
  .option('--issuer <url>', 'issuer of the accounts in a people file', environment.OIDC_ISSUER)
  .action((type: string, file: string, options: Record<string, string | boolean>) =>
    withBackbone(async ({ database }) => {
      const accountIssuer = (options['issuer'] as string | undefined) ?? (environment.isProduction ? undefined : (await openDemoIssuer(environment)).issuer)
      return runImport(
        { type, file, dryRun: options['dryRun'] === true, partial: options['partial'] === true, ...(options['report'] ? { report: options['report'] as string } : {}), ...(accountIssuer ? { accountIssuer } : {}) },
        { database, out: process.stdout, isTerminal: process.stderr.isTTY === true, language: options['language'] === 'en' ? 'en' : 'zh', today: dayOf(new Date()) },
      )
    }),
  )

program
  .command('export')
  .description(`write a view into a file: ${[...catalogue.keys()].join(', ')}`)
  .argument('<view>', 'which view')
  .option('--format <format>', Object.keys(formats).join(', '), 'csv')
  .option('--filter <json>', 'filter of the list, as in the graph')
  .option('--columns <names>', 'columns, separated by commas')
  .option('--first <n>', 'at most so many rows')
  .option('--after <cursor>', 'go on behind this cursor')
  .option('--out <file>', 'file to write; <view>.<format> where left out')
  .option('--as <persona>', 'as a demo persona')
  .option('--token <token>', 'as whoever the token is: a service token or an access token')
  .option('--language <en|zh>', 'language of the report', 'zh')
  .action((view: string, { as, token, language, ...asked }: Record<string, string>) =>
    withBackbone(async (backbone) => {
      const signIn = await openSignIn(environment)
      if (as && !signIn.demo) throw new Error('There are no demo personas while an identity provider is set (OIDC_ISSUER): give --token.')
      if (!as === !token) throw new Error('Say as whom: --as <persona>, or --token <token>.')
      const identity = await signIn.identify(token ?? (as === 'bi' ? signIn.demo!.serviceToken('bi') : await signIn.demo!.mint(as!)))
      return runExport({ ...(asked as { format: string }), view }, { backbone, identity, out: process.stdout, isTerminal: process.stderr.isTTY === true, language: language === 'en' ? 'en' : 'zh' })
    }),
  )

const token = program
  .command('token')
  .description('print a demo token for a persona, or keep service tokens')
  .argument('[persona]', `one of ${Object.keys(personas).join(', ')}`)
  .action(async (persona?: string) => {
    if (!persona || !(persona in personas)) {
      console.error(`Name a persona: ${Object.keys(personas).join(', ')}`)
      process.exitCode = 2
      return
    }
    const { demo } = await openSignIn(environment)
    if (!demo) throw new Error('There are no demo tokens while an identity provider is set (OIDC_ISSUER).')
    console.log(persona === 'bi' ? demo.serviceToken('bi') : await demo.mint(persona))
  })

token
  .command('issue')
  .description('make a service token; it is shown once and kept as a hash')
  .requiredOption('--name <name>', 'what it is for')
  .requiredOption('--role <role>', 'such as BI_READER')
  .requiredOption('--unit <code>', 'unit in which the role holds')
  .option('--days <n>', 'days until it expires', '90')
  .action((options: { name: string; role: string; unit: string; days: string }) =>
    withBackbone(async ({ database }) => {
      const days = Number(options.days)
      if (!Number.isInteger(days) || days < 1 || days > 366) throw new Error('--days must be a whole number from 1 to 366.')
      const made = createServiceToken()
      const expiresAt = new Date(Date.now() + days * 86_400_000)
      const id = await issueServiceToken(database, { name: options.name, role: options.role as never, unitCode: options.unit, tokenHash: hashServiceToken(made), expiresAt })
      console.error(`${id}, valid until ${expiresAt.toISOString()}. Keep the token now; it is not shown again.`)
      console.log(made)
    }),
  )
token
  .command('list')
  .description('list service tokens')
  .action(() => withBackbone(async ({ database }) => console.table(await listServiceTokens(database))))
token
  .command('revoke')
  .description('revoke a service token by name or id')
  .argument('<name-or-id>')
  .action((nameOrId: string) =>
    withBackbone(async ({ database }) => {
      const count = await revokeServiceToken(database, nameOrId)
      console.log(count > 0 ? `Revoked: ${count}` : 'No live token has that name or id.')
      return count > 0 ? 0 : 1
    }),
  )

const sqlRole = program.command('sql-role').description('logins to the database itself, for tools that speak only SQL: each reads the views of the schema bi in the name of a service token')
sqlRole
  .command('create')
  .description('make a login for a service token; its password is shown once')
  .argument('<token>', 'name or id of the service token')
  .option('--name <role>', 'name of the login', `heli_bi_${randomBytes(4).toString('hex')}`)
  .action((token: string, options: { name: string }) =>
    withBackbone(async (backbone) => {
      const { role, password } = await createSqlRole(backbone.database, backbone, token, options.name)
      console.error(`${role} may read the views of the schema bi, as the token ${token} may. Keep the password now; it is not shown again.`)
      console.log(password)
    }),
  )
sqlRole
  .command('list')
  .description('list the logins')
  .action(() => withBackbone(async ({ database }) => console.table(await listSqlRoles(database))))
sqlRole
  .command('drop')
  .description('take a login away')
  .argument('<role>')
  .action((role: string) => withBackbone((backbone) => dropSqlRole(backbone.database, backbone, role)))

program
  .command('audit')
  .description('the audit trail')
  .command('verify')
  .description('check the hash chain and name the first broken entry')
  .action(() =>
    withBackbone(async ({ database }) => {
      const { entries, fault } = await verifyAudit(database)
      console.log(fault ? `Broken at entry ${fault.seq}: ${fault.reason}` : `${entries} entries, the chain is whole.`)
      return fault ? 1 : 0
    }),
  )

program
  .command('escalate')
  .description('send the supervision slips that are due now, as the daily job does, and print them')
  .action(() =>
    withBackbone(async (backbone) => {
      const { sent, identities, faults } = await escalate(backbone, (slip) => console.log(saySlip(slip)))
      for (const fault of faults) console.error(fault)
      console.error(identities > 0 ? `Sent: ${sent}` : noIdentity)
      return identities > 0 && faults.length === 0 ? 0 : 1
    }),
  )

program
  .command('schema')
  .description('write schema/schema.graphql and schema/access.md')
  .option('--folder <folder>', 'where to', 'schema')
  .action(({ folder }: { folder: string }) => {
    // The contract depends on the code alone: an empty database in memory is enough.
    const { DATABASE_URL: _elsewhere, ...rest } = environment
    return withBackbone(async (backbone) => {
      for (const [name, text] of Object.entries(contractOf(backbone))) {
        writeFileSync(join(folder, name), text)
        console.log(join(folder, name))
      }
    }, { ...rest, DATA_DIR: 'memory://' })
  })

program
  .command('doctor')
  .description('check settings, database and schema, and say what to mend')
  .action(() => withBackbone((backbone) => diagnose(backbone, environment)))

program.version((JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version)

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
