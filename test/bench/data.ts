/*
 * The network that the benchmark measures, made inside the server: every choice is a hash of a number, so each run on each machine has the same rows.
 * Divisions, units, documents and mandates come from seeds/; people, initiatives, tasks and assignments are generated over the units of the first province.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import pg from 'pg'

export const tiers = {
  small: { tasks: 1_000 },
  /** For the plans that test/queries/explain.test.ts keeps: every row is in the planner's statistics, so they are the same each time. */
  explained: { tasks: 6_000 },
  /** A tenth of a province, to compare with it. */
  prefecture: { tasks: 10_000 },
  province: { tasks: 100_000 },
  nation: { tasks: 3_000_000 },
} as const
export type Tier = keyof typeof tiers

export const root = join(import.meta.dirname, '..', '..')
/** Issuer of the accounts that the bench signs in with. */
export const issuer = 'https://issuer.bench.example'
export const personas = { 'coordinator': '330000-ORGANISATION_DEPARTMENT', 'county-civil-affairs': '330106-CIVIL_AFFAIRS' } as const
export type Persona = keyof typeof personas

const tasksPerInitiative = 50
const peoplePerUnit = 4
/** A multiple of 120, so that no family lies in two chunks. */
const chunk = 48_000

type Log = (line: string) => void
type Cells = Record<string, string>

/** Fills an empty, migrated database. `url` is a superuser's: triggers and foreign keys rest while the large tables are written. */
export async function generate(url: string, tier: Tier, log: Log): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const started = performance.now()
  const step = async (name: string, texts: readonly (string | [string, unknown[]])[]) => {
    const began = performance.now()
    for (const each of texts) await (typeof each === 'string' ? client.query(each) : client.query(...each))
    log(`  ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  }
  try {
    await client.query('set synchronous_commit = off')
    await step('functions', [functions])
    await step('directory', directory())
    // Foreign keys rest; what the database keeps up by triggers of its own must be as after any other write.
    await step('triggers', [triggers('enable always')])
    await client.query('set session_replication_role = replica')
    await step('people', people())
    const { tasks } = tiers[tier]
    const initiatives = Math.max(60, tasks / tasksPerInitiative)
    await step('places', places(initiatives))
    await step('initiatives', initiativeRows())
    for (let from = 0; from < tasks; from += chunk) {
      const to = Math.min(tasks, from + chunk) - 1
      await step(`tasks ${from}-${to} of ${tasks}`, taskRows(from, to, tasks, initiatives))
    }
    await client.query('set session_replication_role = origin')
    await step('lead units take part', [`select 1 / (case when exists (select 1 from initiative i where not exists (select 1 from participation p where p.initiative_id = i.id and p.unit_id = i.lead_unit_id)) then 0 else 1 end)`])
    await step('tidy', [triggers('enable'), 'drop schema bench cascade'])
    await step('vacuum analyze', ['vacuum (analyze)', 'checkpoint'])
    log(`  in all ${((performance.now() - started) / 1000).toFixed(1)} s`)
  } finally {
    await client.end()
  }
}

const triggers = (state: string) => `do $$ declare t record; begin
  for t in select tgrelid::regclass as owner, tgname from pg_trigger where not tgisinternal and tgrelid::regclass::text in ('initiative', 'participation', 'task', 'assignment', 'person', 'appointment') loop
    execute format('alter table %s ${state} trigger %I', t.owner, t.tgname);
  end loop; end $$`

/** Changes when the rows would: names a database that may be kept. */
export function dataVersion(): string {
  const migrations = join(root, 'migrations')
  const files = [import.meta.filename, ...readdirSync(migrations).sort().map((name) => join(migrations, name))]
  return createHash('sha1').update(files.map((file) => readFileSync(file, 'utf8')).join('')).digest('hex').slice(0, 10)
}

const csv = (name: string): Cells[] => parse(readFileSync(join(root, 'seeds', `${name}.csv`)), { columns: true, bom: true })

// An id is a UUIDv7 in 26 characters of Crockford's alphabet: ten of them are the millisecond, sixteen the hash. Hex digits all belong to it.
const functions = `
  create schema bench;
  create function bench.pick(n bigint, salt bigint, size bigint) returns bigint language sql immutable parallel safe
    return (hashint8extended(n, salt) & 9007199254740991) % size;
  create function bench.chance(n bigint, salt bigint) returns float8 language sql immutable parallel safe
    return bench.pick(n, salt, 1000000) / 1000000.0;
  create function bench.digits(ms bigint) returns text language sql immutable parallel safe
    return ${Array.from({ length: 10 }, (_, at) => `substr('0123456789abcdefghjkmnpqrstvwxyz', ((ms >> ${(9 - at) * 5}) & 31)::int + 1, 1)`).join(' || ')};
  create function bench.id(prefix text, at timestamptz, key text) returns text language sql immutable parallel safe
    return prefix || '_' || bench.digits((extract(epoch from at) * 1000)::bigint) || substr(md5(prefix || key), 1, 16);
  create function bench.stable_id(prefix text, key text) returns text language sql immutable parallel safe
    return bench.id(prefix, timestamptz '2024-01-01 00:00:00Z', key);`

function directory(): [string, unknown[]][] {
  const divisions = [...csv('divisions'), ...csv('communities')]
  const units = csv('units')
  const documents = csv('documents')
  const mandates = csv('mandates')
  const given = (cell: string | undefined) => cell || null
  const rows = (text: string, list: readonly object[]): [string, unknown[]] => [text, [JSON.stringify(list)]]
  const levels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY']
  const order = `array_position(array['${levels.join(`','`)}'], r.level)`
  return [
    // Triggers write the paths, so parents go before their children.
    rows(`insert into division (id, code, name, level, parent_id) select bench.stable_id('div', r.code), r.code, r.name, r.level, bench.stable_id('div', nullif(r.parent, ''))
      from jsonb_to_recordset($1::jsonb) as r(code text, name text, level text, parent text) order by ${order}, r.code`, divisions),
    rows(`insert into policy_document (id, number, title, kind, issued_on) select bench.stable_id('doc', r.number), r.number, r.title, r.kind, r."issuedOn"
      from jsonb_to_recordset($1::jsonb) as r(number text, title text, kind text, "issuedOn" date)`, documents),
    rows(`insert into unit_system (id, name, valid_from) select bench.stable_id('usys', r.system), r.system, '2008-01-01' from jsonb_to_recordset($1::jsonb) as r(system text) where r.system <> '' group by r.system`, units),
    rows(`insert into unit (id, code, name, short_name, kind, division_id, line_parent_id, credit_code, system_id, institution_kind, legal_form, registration_level, founded_on, ended_on)
      select bench.stable_id('unit', r.code), r.code, r.name, r."shortName", r.kind, bench.stable_id('div', r.division), bench.stable_id('unit', r."lineParent"), r."creditCode",
        bench.stable_id('usys', r.system), r."institutionKind", r."legalForm", r."registrationLevel", r."foundedOn", r."endedOn"
      from jsonb_array_elements($1::jsonb) with ordinality as e(value, at), jsonb_to_record(e.value) as r(code text, name text, "shortName" text, kind text, division text, "lineParent" text,
        "creditCode" text, system text, "institutionKind" text, "legalForm" text, "registrationLevel" text, "foundedOn" date, "endedOn" date) order by e.at`,
      units.map((unit) => Object.fromEntries(Object.entries(unit).map(([key, cell]) => [key, given(cell)])))),
    rows(`insert into mandate (id, unit_id, division_id, mechanism, role, valid_from, valid_to, basis_id)
      select bench.stable_id('mand', concat_ws(' ', r.unit, r.mechanism, r.role, r."from")), u.id, u.division_id, r.mechanism, r.role, r."from", r."to", bench.stable_id('doc', r.basis)
      from jsonb_to_recordset($1::jsonb) as r(unit text, mechanism text, role text, "from" date, "to" date, basis text) join unit u on u.code = r.unit`,
      mandates.map((mandate) => Object.fromEntries(Object.entries(mandate).map(([key, cell]) => [key, given(cell)])))),
  ]
}

const words = (list: readonly string[], n: string, salt: number) => `(array['${list.join(`','`)}'])[bench.pick(${n}, ${salt}, ${list.length}) + 1]`
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏']
const given = ['示一', '例二', '样三', '示四', '例五', '样六', '示七', '例八', '样九', '示十', '例文', '样武', '示明', '例亮', '样清']
const titles = ['主任', '副主任', '科长', '副科长', '科员', '社会工作者', '督导']
const themes = ['社区社会工作服务站建设', '留守儿童关爱服务', '老年人居家照护支持', '困难家庭帮扶', '青少年事务社会工作', '社区矫正帮教', '残疾人康复支持', '妇女维权与家庭服务', '志愿服务记录与激励', '社会工作人才培训', '岗位开发与设置', '薪酬指导标准落实', '民办机构培育', '政府购买服务规范', '督导队伍建设', '心理健康服务']
const verbs = ['提请研究', '制定方案', '组织摸排', '落实经费', '开展培训', '完成验收', '建立台账', '通报进展', '规范流程', '推广试点']
const everyUnit = `select u.id, u.code, u.kind, u.division_id, u.division_path, d.code as division_code, row_number() over (order by u.code) as no
  from unit u join division d on d.id = u.division_id where u.division_path ^@ '/330000/' and u.ended_on is null`

function people(): string[] {
  return [
    `create unlogged table bench.unit as ${everyUnit}`,
    `create unique index on bench.unit (no); create unique index on bench.unit (id); analyze bench.unit`,
    `create unlogged table bench.person as select u.no, k, u.id as unit_id, u.code as unit_code, u.no * ${peoplePerUnit} + k as n, bench.stable_id('pers', u.code || ' ' || k) as id
      from bench.unit u, generate_series(0, ${peoplePerUnit - 1}) k`,
    `create index on bench.person (unit_id, k); analyze bench.person`,
    `insert into person (id, code, name, title, office_phone)
      select id, 'B' || lpad(n::text, 6, '0'), ${words(surnames, 'n', 1)} || ${words(given, 'n', 2)}, ${words(titles, 'n', 3)}, '0571-0' || lpad(n::text, 7, '0') from bench.person`,
    `insert into person_contact (id, person_id, mobile) select bench.stable_id('pcon', id), id, '154' || lpad(n::text, 8, '0') from bench.person`,
    `insert into person_private (id, person_id, national_id, birth_date, party_member)
      select bench.stable_id('ppri', id), id, '999999' || to_char(date '1965-01-01' + bench.pick(n, 4, 14000)::int, 'YYYYMMDD') || lpad((n % 1000)::text, 3, '0') || 'X', date '1965-01-01' + bench.pick(n, 4, 14000)::int, bench.pick(n, 5, 10) < 4 from bench.person`,
    `insert into appointment (id, person_id, unit_id, role, is_main, valid_from)
      select bench.stable_id('appt', id), id, unit_id, (array['DIRECTOR', 'CLERK', 'HR_OFFICER', null])[k + 1], true, date '2018-01-01' + bench.pick(n, 6, 2000)::int from bench.person`,
    ...Object.entries(personas).map(([login, unit]) => `insert into account (id, issuer, subject, person_id) select bench.stable_id('acct', '${login}'), '${issuer}', '${login}', id from bench.person where unit_code = '${unit}' and k = 0`),
    `update appointment set role = 'COORDINATOR' where person_id = (select person_id from account where subject = 'coordinator')`,
    `analyze`,
  ]
}

/** A place is a division that can carry work: its own units in a shuffled order, then those one level below. */
function places(initiatives: number): string[] {
  return [
    `create unlogged table bench.place as
      select row_number() over (order by d.code) as no, d.id as division_id, d.code, o.units as own, o.units || coalesce(b.units, '{}') as reach, c.id as coordinator, d.level
      from division d
      join lateral (select array_agg(u.id order by md5(u.code)) as units from bench.unit u where u.division_id = d.id and u.kind not in ('COMMUNITY', 'ASSOCIATION')) o on cardinality(o.units) >= 6
      left join lateral (select array_agg(u.id order by md5(u.code || 'below')) as units from bench.unit u join division dd on dd.id = u.division_id where dd.parent_id = d.id) b on true
      join bench.unit c on c.division_id = d.id and c.kind = 'ORGANISATION_DEPARTMENT'
      where d.path ^@ '/330000/'`,
    `create unlogged table bench.initiative as
      select i, bench.id('init', at, i::text) as id, at, p.no as place, p.division_id, p.own[lead_no + 1] as lead, lead_no,
        4 + bench.pick(i, 14, least(6, cardinality(p.own) - 4))::int as size
      from (select i, timestamptz '2024-11-01 01:00:00Z' + i * (interval '700 days' / ${initiatives}) as at,
          case when bench.pick(i, 10, 10) = 0 then 1 else 1 + bench.pick(i, 11, (select count(*) from bench.place)) end as no from generate_series(1, ${initiatives}) i) g
      join bench.place p on p.no = g.no, lateral (select bench.pick(i, 12, cardinality(p.own))::int as lead_no) l`,
    `create unique index on bench.initiative (i); analyze bench.initiative; analyze bench.place`,
  ]
}

const mechanisms = ['ORGANISATION_LEADERSHIP', 'PROFESSIONAL_POSTS', 'FUNDING', 'REMUNERATION', 'SERVICE_AGENCIES', 'CAPABILITY']

function initiativeRows(): string[] {
  return [
    `insert into initiative (id, created_at, updated_at, code, title, summary, mechanisms, division_id, visibility, starts_on, ends_on, status, lead_unit_id, update_every_days)
      select id, at, at, 'INI-' || lpad(i::text, 6, '0'), ${words(themes, 'i', 20)} || ${words(['联合行动', '专项行动', '三年行动', '试点工作'], 'i', 21)} || '（' || i || '）',
        '按照党委领导、部门合力的要求，明确牵头和参与单位，分工推进，定期通报，年底验收。', array[${words(mechanisms, 'i', 22)}], division_id,
        case when bench.chance(i, 23) < 0.7 then 'NETWORK' else 'PARTICIPANTS' end, at::date, at::date + 400,
        case when r < 0.05 then 'DRAFT' when r < 0.15 then 'PLANNED' when r < 0.75 then 'ACTIVE' when r < 0.78 then 'SUSPENDED' when r < 0.95 then 'CLOSED' else 'CANCELLED' end, lead, 30
      from bench.initiative, lateral (select bench.chance(i, 24) as r) s`,
    `insert into participation (id, created_at, updated_at, initiative_id, unit_id, role)
      select bench.id('part', b.at, b.i || ' ' || k), b.at, b.at, b.id, p.own[(b.lead_no + k) % cardinality(p.own) + 1], case when k < 3 then 'RESPONSIBLE' else 'COOPERATING' end
      from bench.initiative b join bench.place p on p.no = b.place, generate_series(0, b.size - 1) k`,
    `insert into milestone (id, created_at, updated_at, initiative_id, title, due_on)
      select bench.id('mile', at, i || ' ' || k), at, at, id, ${words(['完成底数摸排', '资金拨付到位', '人员培训完成', '成果验收'], 'i * 3 + k', 25)}, at::date + k * 120 from bench.initiative, generate_series(1, 3) k`,
    `insert into initiative_update (id, created_at, updated_at, initiative_id, reported_on, health, text)
      select bench.id('upd', at + k * interval '30 days', i || ' ' || k), at + k * interval '30 days', at + k * interval '30 days', id, (at + k * interval '30 days')::date,
        ${words(['ON_TRACK', 'ON_TRACK', 'AT_RISK', 'OFF_TRACK'], 'i * 3 + k', 26)}, ${words(['资金已下达，合同陆续签订', '底数已核清，试点按计划推进', '人员未到位，进度偏慢', '预算调整未获批，试点暂缓'], 'i * 3 + k', 27)} from bench.initiative, generate_series(1, 3) k`,
    'analyze initiative, participation',
  ]
}

/**
 * Task n: every twelfth is a child of the one eleven before it, every 120th a grandchild; the family shares initiative, due day and confidentiality.
 * Its tracks are a run of one to five units: of those that take part in the initiative, or for three in ten tasks of the place and the level below.
 */
function taskRows(from: number, to: number, tasks: number, initiatives: number): string[] {
  const at = (n: string) => `(timestamptz '2024-11-03 01:00:00Z' + (${n} * 720.0 / ${tasks}) * interval '1 day')`
  const child = "'ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED', 'CLOSED', 'CLOSED'"
  return [
    'drop table if exists bench.task, bench.track',
    `create unlogged table bench.task as
      select g.n, g.parent, f.family, bench.id('task', ${at('g.n')}, g.n::text) as id, ${at('g.n')} as at, ${at('f.family')}::date + 20 + bench.pick(f.family, 52, 120)::int as due, b.id as initiative_id,
        pool.units, case when wide.is or b.i is null then bench.pick(g.n, 49, cardinality(pool.units)) else (b.lead_no + bench.pick(g.n, 48, b.size)) % cardinality(pool.units) end as start,
        1 + bench.pick(g.n, 43, 5)::int as tracks, bench.pick(f.family, 44, 100) < 6 as confidential, case when bench.pick(f.family, 53, 10) < 6 then p.coordinator else coalesce(b.lead, p.own[1]) end as issuer,
        case when g.parent is not null then (array[${child}])[bench.pick(g.n, 54, 7) + 1] when r < 0.05 then 'DRAFT' when r < 0.08 then 'PENDING_ISSUE' when r < 0.16 then 'ISSUED' when r < 0.24 then 'ACCEPTED'
          when r < 0.48 then 'IN_PROGRESS' when r < 0.56 then 'REPORTED' when r < 0.58 then 'RETURNED' when r < 0.70 then 'COMPLETED' when r < 0.95 then 'CLOSED' when r < 0.97 then 'SUSPENDED' else 'TERMINATED' end as status
      from (select n, case when n % 120 = 118 then n - 107 when n % 12 = 11 then n - 11 end as parent from generate_series(${from}::bigint, ${to}::bigint) n) g
      cross join lateral (select case when g.n % 120 = 118 then g.n - 118 when g.n % 12 = 11 then g.n - 11 else g.n end as family, bench.chance(g.n, 40) as r) f
      left join bench.initiative b on b.i = 1 + bench.pick(f.family, 46, ${initiatives}) and bench.pick(f.family, 45, 100) >= 4
      join bench.place p on p.no = coalesce(b.place, 1 + bench.pick(f.family, 47, (select count(*) from bench.place)))
      cross join lateral (select bench.chance(g.n, 41) < 0.3 as is) wide
      cross join lateral (select case when wide.is then p.reach else p.own end as units) pool`,
    'create index on bench.task (n); analyze bench.task',
    // A child is issued by the unit that leads the task above it.
    `insert into task (id, created_at, updated_at, code, title, requirement, source, initiative_id, issuing_unit_id, urgency, confidential, issued_on, due_on, expected_result, status, parent_id, ancestor_ids)
      select t.id, t.at, t.at, 'TSK-' || lpad(t.n::text, 8, '0'), ${words(verbs, 't.n', 60)} || '：' || ${words(themes, 't.n', 61)} || '（' || t.n || '）', '按时间节点推进，写明责任单位、完成时限和佐证材料，重要情况随时报告。',
        case when t.initiative_id is null then ${words(['MEETING_RESOLUTION', 'LEADER_INSTRUCTION', 'DOCUMENT'], 't.family', 62)} else 'INITIATIVE' end, t.initiative_id,
        coalesce(u.units[u.start % cardinality(u.units) + 1], t.issuer), (array['NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'URGENT', 'URGENT', 'MAJOR'])[bench.pick(t.n, 63, 10) + 1], t.confidential,
        case when t.status not in ('DRAFT', 'PENDING_ISSUE') then t.at::date end, t.due, ${words(['工作方案', '台账和汇总表', '验收报告', '制度文件'], 't.n', 64)}, t.status, u.id, case when u.id is null then '{}' else array_remove(array[g.id, u.id], null) end
      from bench.task t left join bench.task u on u.n = t.parent left join bench.task g on g.n = u.parent order by t.n`,
    `create unlogged table bench.track as select t.n, k, t.id as task_id, t.at, t.due, t.status, t.units[(t.start + k) % cardinality(t.units) + 1] as unit_id, t.n * 8 + k as key from bench.task t, generate_series(0, t.tracks - 1) k`,
    `insert into assignment (id, created_at, updated_at, task_id, unit_id, role, person_id, liaison_id, due_on, status, progress, internal_note)
      select bench.id('asgn', a.at, a.key::text), a.at, a.at, a.task_id, a.unit_id, case when a.k = 0 then 'LEAD' else 'COOPERATING' end, p.id, l.id, a.due - bench.pick(a.key, 70, 11)::int, s.status,
        case s.status when 'COMPLETED' then 100 when 'REPORTED' then 100 when 'IN_PROGRESS' then 10 + bench.pick(a.key, 71, 80)::int when 'RETURNED' then 60 else 0 end,
        case when bench.pick(a.key, 72, 10) < 3 then '需与财政协调经费，暂由副职跟进（' || a.key || '）' end
      from bench.track a
      cross join lateral (select case when a.status in ('DRAFT', 'PENDING_ISSUE') then 'PROPOSED' when a.status in ('COMPLETED', 'CLOSED') then case when a.k > 0 and bench.pick(a.key, 73, 20) = 0 then 'EXCUSED' else 'COMPLETED' end
        when a.status = 'SUSPENDED' then 'IN_PROGRESS' when a.k = 0 or a.status in ('ISSUED', 'TERMINATED') then a.status
        else (array['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'IN_PROGRESS', 'REPORTED', 'REFUSED', 'COMPLETED'])[bench.pick(a.key, 74, 7) + 1] end as status) s
      left join bench.person p on p.unit_id = a.unit_id and p.k = bench.pick(a.key, 75, ${peoplePerUnit}) and bench.pick(a.key, 76, 10) < 9
      left join bench.person l on l.unit_id = a.unit_id and l.k = bench.pick(a.key, 77, ${peoplePerUnit}) and bench.pick(a.key, 78, 10) < 6
      order by a.n, a.k`,
  ]
}
