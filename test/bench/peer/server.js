// PostGraphile as its documentation runs it in production: grafserv on node:http, the Amber preset, prepared statements (its default), no watching, no GraphiQL, no explain.
import { createServer } from 'node:http'
import { grafserv } from 'postgraphile/grafserv/node'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'
import pg from 'pg'

const { DATABASE_URL, PORT, POOL_SIZE } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_SIZE), options: '-c TimeZone=UTC -c jit=off' })
const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  // Otherwise only indexed columns can be ordered by, and tracks are listed lead first.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ pool, schemas: ['public'] })],
  // Lists beside connections: where Heli has plain lists, the peer need not build a connection.
  schema: { defaultBehavior: 'connection list', connectionFilterRelations: true },
  grafast: { explain: false },
  grafserv: { watch: false, graphiql: false, maxRequestLength: 1_048_576, dangerouslyAllowAllCORSRequests: false },
}
const pgl = postgraphile(preset)
const serv = pgl.createServ(grafserv)
const server = createServer()
server.on('error', (error) => console.error(error))
await serv.addTo(server)
if (process.env.PRINT_SCHEMA) {
  const { printSchema } = await import('graphql')
  console.log(printSchema(await pgl.getSchema()))
  process.exit(0)
}
server.listen(Number(PORT), '127.0.0.1')
