import { openBackbone } from './backbone.js'
import { EnvironmentError, readEnvironment } from './environment.js'
import { startJobs } from './jobs.js'
import { FolderInUse } from './database.js'
import { routesBeside } from './portal/index.js'
import { announce } from './server/announce.js'
import { answersPlugin } from './server/answers.js'
import { createLog, createServer, isRouter, stopOnSignals } from './server.js'
import { openSignIn } from './sign-in/index.js'
import { fillDemoNetwork, personas } from './demo.js'

async function start(): Promise<void> {
  const environment = readEnvironment()
  const log = createLog(environment)
  const signIn = await openSignIn(environment)
  const backbone = await openBackbone({ environment, log })
  try {
    // Embedded, the folder belongs to this process alone; a shared database is migrated on purpose, by `heli migrate`.
    if (backbone.database.kind === 'pglite') await backbone.database.migrate()
    const pending = await backbone.database.pendingMigrations()
    if (pending.length > 0) throw new Error(`The database lacks ${pending.length} migration(s): ${pending.join(', ')}. Run \`npm run migrate\` (or \`heli migrate\`) once, then start again.`, { cause: 'migrations' })
    if (signIn.demo) await fillDemoNetwork(backbone, signIn.demo)
    const server = await createServer({
      environment,
      database: backbone.database,
      schema: backbone.schema,
      sdl: backbone.sdl,
      signIn,
      log,
      plugins: [answersPlugin(log) as never],
      routes: routesBeside({ database: backbone.database, schema: backbone.schema, log }),
      contextFor: (facts) => backbone.contextFor({ ...facts, isRouter: isRouter(environment.ROUTER_CREDENTIAL, facts.router) }),
    })
    const address = await server.listen()
    // After the first answers are possible: what the queue needs of the database must not hold up a start.
    const jobs = environment.JOBS === 'on' ? startJobs(backbone, log) : undefined
    stopOnSignals(async () => {
      await Promise.all([server.stop(), jobs?.stop()])
      await backbone.close()
    }, log)
    await announce(address, environment, signIn, personas)
  } catch (error) {
    await backbone.close()
    throw error
  }
}

start().catch((error: unknown) => {
  const isExpected = error instanceof EnvironmentError || error instanceof FolderInUse || (error instanceof Error && error.cause !== undefined)
  console.error(isExpected ? (error as Error).message : error)
  process.exitCode = 1
})
