/*
 * Each query of queries.ts as one statement by hand that yields the answer's JSON, with the rules of who sees what written out for this viewer.
 * It is the practical limit: a rule that cannot let the viewer in is left out, and of alternatives the cheap ones stand first.
 */
import type { Viewer } from './raw.ts'

/** Numbers the values of one statement: the viewer's own and the request's. */
class Bound {
  readonly names: string[] = []
  of(name: string, type: string): string {
    if (!this.names.includes(name)) this.names.push(name)
    return `$${this.names.indexOf(name) + 1}::${type}`
  }
}

export interface HandWritten {
  readonly text: string
  /** Names of the values, in the order of their numbers. */
  readonly values: readonly string[]
}

const any = (...alternatives: (string | false)[]) => `(${alternatives.filter(Boolean).join(' or ')})`

/** `isPage`: rows are asked about one by one, so each is looked up; in a count the database may choose a hash instead. */
function rules(viewer: Viewer, bound: Bound, isPage: boolean) {
  const units = () => bound.of('units', 'text[]')
  const inLine = () => bound.of('inLine', 'text[]')
  const below = () => bound.of('below', 'text[]')
  const divisions = () => bound.of('divisions', 'text[]')
  const today = () => bound.of('today', 'date')
  const coordinates = viewer.coordinates
  const some = (rows: string) => (isPage ? `coalesce((select true from ${rows} limit 1), false)` : `exists (select 1 from ${rows})`)

  const initiative = (i: string) =>
    any(
      coordinates && `${i}.division_path ^@ any(${divisions()})`,
      `(${i}.status <> 'DRAFT' and ${any(
        `${i}.visibility = 'NETWORK'`,
        some(`participation vp where vp.initiative_id = ${i}.id and vp.unit_id = any(${inLine()})`),
        some(`assignment va where va.initiative_id = ${i}.id and va.unit_id = any(${units()})`),
      )})`,
      `${i}.lead_unit_id = any(${units()})`,
      coordinates && some(`participation vp join unit vu on vu.id = vp.unit_id where vp.initiative_id = ${i}.id and vu.division_path ^@ any(${divisions()})`),
      coordinates && some(`assignment va join unit vu on vu.id = va.unit_id where va.initiative_id = ${i}.id and vu.division_path ^@ any(${divisions()})`),
    )

  const assignedBelow = (t: string) => some(`assignment va join unit vu on vu.id = va.unit_id where va.task_id = ${t} and vu.division_path ^@ any(${divisions()})`)
  const isVisibleThrough = (t: string) => (isPage ? `coalesce((select ${initiative('vi')} from initiative vi where vi.id = ${t}.initiative_id), false)` : `exists (select 1 from initiative vi where vi.id = ${t}.initiative_id and ${initiative('vi')})`)

  /** `through`: the task was reached from an initiative that the viewer sees. */
  const task = (t: string, through = false) =>
    any(
      `${t}.in_network`,
      coordinates && `${t}.division_path ^@ any(${divisions()})`,
      `(not ${t}.confidential and ${t}.status <> 'DRAFT'${
        through
          ? ''
          : ` and ${any(
              isVisibleThrough(t),
              `(${t}.initiative_id is null and ${any(some(`unit vu where vu.id = ${t}.issuing_unit_id and vu.id = any(${below()})`), some(`assignment va where va.task_id = ${t}.id and va.unit_id = any(${below()})`))})`,
            )}`
      })`,
      `${t}.issuing_unit_id = any(${units()})`,
      some(`assignment va where va.task_id = ${t}.id and va.unit_id = any(${units()})`),
      some(`initiative vi where vi.id = ${t}.initiative_id and vi.lead_unit_id = any(${units()})`),
      coordinates && assignedBelow(`${t}.id`),
      some(`task up where up.id = any(${t}.ancestor_ids) and up.parent_id is not null and up.issuing_unit_id = any(${units()})`),
      coordinates && some(`task up where up.id = any(${t}.ancestor_ids) and (up.division_path ^@ any(${divisions()}) or ${assignedBelow('up.id')})`),
    )
  /** A track is seen with its task; what is known from its own columns is asked first. */
  const ownTrack = (a: string) => any(`${a}.in_network`, coordinates && `${a}.division_path ^@ any(${divisions()})`, `${a}.unit_id = any(${units()})`)
  const track = (a: string) =>
    any(
      ownTrack(a),
      isPage ? `coalesce((select ${task('vt')} from task vt where vt.id = ${a}.task_id), false)` : `exists (select 1 from task vt where vt.id = ${a}.task_id and ${task('vt')})`,
    )

  const trackIsOverdue = (a: string) => `coalesce(${a}.due_on < ${today()}, false) and ${a}.status not in ('COMPLETED', 'EXCUSED', 'TERMINATED', 'REFUSED', 'PROPOSED') and not ${a}.is_frozen`
  const taskIsOverdue = (t: string) => `coalesce(${t}.due_on < ${today()}, false) and ${t}.status not in ('COMPLETED', 'CLOSED', 'TERMINATED', 'DRAFT', 'PENDING_ISSUE', 'SUSPENDED')`
  const note = (a: string) => `case when ${a}.unit_id = any(${units()}) then ${a}.internal_note end`
  return { initiative, task, track, ownTrack, trackIsOverdue, taskIsOverdue, note }
}

type Writing = (viewer: Viewer, bound: Bound) => string

const json = (from: string) => `(select row_to_json(o) from (${from}) o)`
const jsonList = (from: string) => `(select coalesce(json_agg(row_to_json(o)), '[]'::json) from (${from}) o)`

const P1: Writing = (viewer, bound) => {
  const { initiative, task } = rules(viewer, bound, true)
  const where = (may: string) => `i.status = 'ACTIVE' and i.created_at < ${bound.of('before', 'timestamptz')} and ${may}`
  return `select json_build_object('initiatives', json_build_object(
    'totalCount', (select count(*) from (select 1 from initiative i where ${where(rules(viewer, bound, false).initiative('i'))} limit 1000) m),
    'nodes', ${jsonList(`select i.id, i.code, i.title, i.status, json_build_object('id', lu.id, 'name', lu.name) as "leadUnit",
      (select json_agg(json_build_object('role', p.role, 'unit', json_build_object('id', pu.id, 'name', pu.name)) order by p.id) from participation p join unit pu on pu.id = p.unit_id where p.initiative_id = i.id) as participations,
      json_build_object('nodes', ${jsonList(`select t.id, t.title, t.status, t.due_on as "dueOn",
        (select coalesce(json_agg(json_build_object('role', a.role, 'progress', a.progress, 'unit', json_build_object('name', au.name),
            'person', case when ap.id is not null then json_build_object('name', ap.name, 'title', ap.title) end) order by a.role desc, a.id), '[]'::json)
          from assignment a join unit au on au.id = a.unit_id left join person ap on ap.id = a.person_id where a.task_id = t.id) as assignments
        from (select t.* from task t where t.initiative_id = i.id and ${task('t', true)} order by t.due_on, t.id limit 10) t`)}) as tasks
      from (select i.* from initiative i where ${where(initiative('i'))} order by i.created_at desc, i.id desc limit 20) i join unit lu on lu.id = i.lead_unit_id order by i.created_at desc, i.id desc`)}))::text as data`
}

// The five pages are one question asked five times, so it is planned once. The last key of a page is what its cursor holds.
const P2: Writing = (viewer, bound) => {
  const { track, initiative, trackIsOverdue } = rules(viewer, bound, true)
  const pages = ['a', 'b', 'c', 'd', 'e'].map((name) => `('${name}', ${bound.of(name, 'text')})`).join(', ')
  return `select json_object_agg(page.name, page.data order by page.name)::text as data from (values ${pages}) as asked(name, after) cross join lateral (
    select asked.name, json_build_object('nodes', coalesce(json_agg(n.node order by n.id) filter (where n.i <= 200), '[]'::json),
      'pageInfo', json_build_object('endCursor', max(n.id) filter (where n.i <= 200), 'hasNextPage', count(*) > 200)) as data
    from (select row_number() over (order by a.id) as i, a.id, (select row_to_json(o) from (select a.id, a.role, a.status, a.due_on as "dueOn", a.progress, ${trackIsOverdue('a')} as "isOverdue",
        json_build_object('id', u.id, 'code', u.code, 'name', u.name) as unit, case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as person,
        json_build_object('id', t.id, 'code', t.code, 'title', t.title, 'status', t.status, 'dueOn', t.due_on,
          'initiative', (select json_build_object('id', i.id, 'code', i.code, 'title', i.title) from initiative i where i.id = t.initiative_id and ${initiative('i')})) as task) o) as node
      from (select a.* from assignment a where a.id > asked.after and ${track('a')} order by a.id limit 201) a
      join unit u on u.id = a.unit_id join task t on t.id = a.task_id left join person p on p.id = a.person_id) n) page`
}

// Few matches are gathered, many are met by walking in the order of the page; what a track's own columns tell is taken from the index.
const P3: Writing = (viewer, bound) => {
  const { track, ownTrack, trackIsOverdue } = rules(viewer, bound, true)
  const code = bound.of('division', 'text')
  const status = `a.status = any(${bound.of('status', 'text[]')})`
  const units = `select fu.id from unit fu join division fd on fd.id = fu.division_id where fd.code ^@ ${code} and fd.code collate "C" >= ${code} and fd.code collate "C" < ${code} || repeat(chr(1114111), 4)`
  return `with most as materialized (select cast(greatest(1001, sqrt(50 * greatest(c.reltuples, 0))) as bigint) as n from pg_class c where c.oid = cast('assignment' as regclass)),
    near as materialized (select a.id, a.due_on, ${ownTrack('a')} as seen from assignment a where ${status} and a.unit_id in (${units}) limit (select n from most)),
    chosen as materialized (select count(*) < (select n from most) as few from near),
    page as (select a.* from assignment a where a.id = any(array(
      (select near.id from (select * from near where (select few from chosen) order by due_on desc, id desc) near
        where near.seen or coalesce((select ${track('a')} from assignment a where a.id = near.id), false) order by near.due_on desc, near.id desc limit 50)
      union all (select a.id from assignment a where not (select few from chosen) and ${status} and coalesce(a.unit_id in (${units}), false) and ${track('a')} order by a.due_on desc, a.id desc limit 50))))
    select json_build_object('assignments', json_build_object('totalCount', (select count(*) from (select 1 from ${viewer.coordinates ? `near where near.seen or coalesce((select ${track('a')} from assignment a where a.id = near.id), false)` : `assignment a where ${status} and a.unit_id in (${units}) and ${rules(viewer, bound, false).track('a')}`} limit 1000) m),
    'nodes', ${jsonList(`select a.id, a.role, a.status, a.due_on as "dueOn", a.progress, ${trackIsOverdue('a')} as "isOverdue", json_build_object('id', u.id, 'name', u.name) as unit,
      case when p.id is not null then json_build_object('name', p.name, 'title', p.title) end as person, json_build_object('id', t.id, 'code', t.code, 'title', t.title, 'urgency', t.urgency) as task
      from page a join unit u on u.id = a.unit_id join task t on t.id = a.task_id left join person p on p.id = a.person_id order by a.due_on desc, a.id desc`)}))::text as data`
}

const P4: Writing = (viewer, bound) => {
  const { task, initiative, taskIsOverdue, trackIsOverdue, note } = rules(viewer, bound, true)
  const unit = (id: string) => json(`select u.id, u.name from unit u where u.id = ${id}`)
  const lead = (t: string) => json(`select u.id, u.name from assignment la join unit u on u.id = la.unit_id where la.task_id = ${t}.id and la.role = 'LEAD'`)
  const person = (id: string) => json(`select p.id, p.name, p.title, p.office_phone as "officePhone" from person p where p.id = ${id}`)
  const child = `c.parent_id = t.id and ${task('c')}`
  return `select json_build_object('task', (select row_to_json(o) from (select t.id, t.version, t.created_at as "createdAt", t.updated_at as "updatedAt", t.code, t.title, t.requirement, t.source, t.urgency, t.confidential,
      t.issued_on as "issuedOn", t.due_on as "dueOn", ${taskIsOverdue('t')} as "isOverdue", t.expected_result as "expectedResult", t.status,
      ${json(`select i.id, i.code, i.title, i.status, ${unit('i.lead_unit_id')} as "leadUnit" from initiative i where i.id = t.initiative_id and ${initiative('i')}`)} as initiative,
      ${unit('t.issuing_unit_id')} as "issuingUnit", ${lead('t')} as "leadUnit",
      ${json(`select d.id, d.code, d.name from division d where d.path = t.division_path`)} as division,
      ${json(`select up.id, up.code, up.title, up.status from task up where up.id = t.parent_id and ${task('up')}`)} as parent,
      json_build_object('totalCount', (select count(*) from task c where ${child}),
        'nodes', ${jsonList(`select c.id, c.code, c.title, c.status, c.due_on as "dueOn", ${lead('c')} as "leadUnit" from task c where ${child} order by c.id limit 50`)}) as children,
      ${jsonList(`select a.id, a.version, a.role, a.status, a.progress, a.due_on as "dueOn", ${trackIsOverdue('a')} as "isOverdue", ${note('a')} as "internalNote",
        ${unit('a.unit_id')} as unit, ${person('a.person_id')} as person, ${person('a.liaison_id')} as liaison from assignment a where a.task_id = t.id order by a.role desc, a.id`)} as assignments
      from task t where t.id = ${bound.of('id', 'text')} and ${task('t')}) o))::text as data`
}

const P5: Writing = (viewer, bound) => {
  const { track, trackIsOverdue } = rules(viewer, bound, false)
  return `select json_build_object('assignmentsAggregate', json_build_object('nodes', ${jsonList(`select g.count, g.share as "shareWhere", json_build_object('unit', json_build_object('id', u.id, 'name', u.name), 'status', g.status) as keys
    from (select a.unit_id, a.status, count(*) as count, round((count(*) filter (where ${trackIsOverdue('a')}))::numeric / count(*), 4) as share
      from assignment a where a.due_on >= ${bound.of('from', 'date')} and ${track('a')} group by a.unit_id, a.status order by a.unit_id, a.status limit 1000) g
    join unit u on u.id = g.unit_id order by g.unit_id, g.status`)}))::text as data`
}

const writings: Readonly<Record<string, Writing>> = { P1, P2, P3, P4, P5 }

export function handWritten(query: string, viewer: Viewer): HandWritten | undefined {
  const writing = writings[query]
  if (!writing) return undefined
  const bound = new Bound()
  return { text: writing(viewer, bound), values: bound.names }
}
