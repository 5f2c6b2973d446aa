import type { Backbone } from './backbone.js'
import type { Environment } from './environment.js'
import { verifyAudit } from './audit.js'
import { divisionsWithoutIdentity, noIdentity } from './jobs/escalation.js'

/** Prints one line per check and returns 1 when something is to be mended. */
export async function diagnose(backbone: Backbone, environment: Environment): Promise<number> {
  const { database, engine } = backbone
  const checks: [string, () => Promise<string | undefined>][] = [
    ['database answers', async () => void (await database.ping())],
    ['no migration pending', async () => ((await database.pendingMigrations()).length > 0 ? 'run `heli migrate`' : undefined)],
    ['readers are neither owner nor superuser', async () => readerFault(database)],
    ['sensitive tables are fenced', async () => fenceFault(database, engine.fence.tables)],
    ['audit trail is whole', async () => (await verifyAudit(database)).fault?.reason],
    ['keys of sealed bids', async () => keyFault(backbone)],
    ...(environment.JOBS === 'on' ? [['automatic slips have an identity', async () => identityFault(backbone)] as [string, () => Promise<string | undefined>]] : []),
    ['sign-in', async () => (environment.OIDC_ISSUER ? undefined : environment.isProduction ? 'set OIDC_ISSUER, OIDC_AUDIENCE and JWKS_URI' : undefined)],
  ]
  let isGood = true
  for (const [name, check] of checks) {
    const fault = await check().catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    if (fault) isGood = false
    console.log(`${fault ? '✗' : '✓'} ${name}${fault ? `: ${fault}` : ''}`)
  }
  return isGood ? 0 : 1
}

async function identityFault(backbone: Backbone): Promise<string | undefined> {
  const without = await divisionsWithoutIdentity(backbone)
  return without.length > 0 ? `no slips are sent for the tasks of ${without.join(', ')}. ${noIdentity}` : undefined
}

/** Lots that take bids whose keys are not here: what is sealed for them could not be opened. */
export async function keyFault({ database, lotKeys }: Pick<Backbone, 'database' | 'lotKeys'>): Promise<string | undefined> {
  const lots = await database.transaction((run) => run<{ id: string; key: string }>({ text: `select id, public_key as key from lot where status = 'PUBLISHED'`, values: [] }))
  const openers = await Promise.all(lots.map(({ id, key }) => lotKeys?.opener(id, key)))
  const lost = openers.filter((opener) => !opener).length
  return lost > 0 ? `${lost} lots take bids that could not be opened here; restore the folder that BID_KEY_DIR names from where it was kept` : undefined
}

async function readerFault(database: Backbone['database']): Promise<string | undefined> {
  const [role] = await database.read<{ name: string; rolsuper: boolean; rolbypassrls: boolean; owns: boolean }>({
    text: `select r.rolname as name, r.rolsuper, r.rolbypassrls, exists (select 1 from pg_class c where c.relowner = r.oid and c.relname = 'person_private') as owns from pg_roles r where r.rolname = current_user`,
    values: [],
  })
  if (!role || role.rolsuper || role.rolbypassrls || role.owns) return `readers run as ${role?.name ?? 'an unknown role'}, which row-level security does not bind; set DATABASE_READER_URL to a plain role`
  return undefined
}

async function fenceFault(database: Backbone['database'], tables: readonly string[]): Promise<string | undefined> {
  const open = await database.transaction((run) =>
    run<{ relname: string }>({ text: `select relname from pg_class where relname = any($1) and relnamespace = 'public'::regnamespace and not relrowsecurity`, values: [tables] }),
  )
  return open.length > 0 ? `row-level security is off on ${open.map(({ relname }) => relname).join(', ')}; run \`heli migrate\`` : undefined
}
