import type { Work } from '../../engine/index.js'
import { Problem, type Said } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { Unit } from '../units/index.js'
import { Employment, Post } from './post.entity.js'
import type { PostCloseInput, PostOpenInput, PostUpdateInput, StationCloseInput, StationOpenInput, StationUpdateInput } from './post.input.js'
import { Station } from './station.entity.js'

const noUnit: Said = { en: 'The unit does not exist on that day.', zh: '该单位在该日不存在。' }

async function runningUnit(work: Work, unitId: string, openedOn: string): Promise<Unit> {
  const unit = await work.reference(Unit, unitId, 'input.unitId')
  if (!unit.isInForceOn(openedOn)) throw new Problem('OUT_OF_RANGE', 'input.openedOn', noUnit)
  return unit
}

function checkClosing(openedOn: string, closedOn: string): void {
  if (closedOn <= openedOn) throw new Problem('OUT_OF_RANGE', 'input.closedOn', { en: `It was opened on ${openedOn}; it closes later.`, zh: `设立日期为 ${openedOn}，撤销日期须晚于该日。` })
}

const built = (work: Work, initiativeId: string | null | undefined) => (initiativeId ? work.reference(Initiative, initiativeId, 'input.initiativeId') : Promise.resolve(null))

export async function openPost(work: Work, input: PostOpenInput): Promise<Post> {
  const { code, title, unitId, unitType, kind, grade = null, openedOn, initiativeId } = input
  const unit = await runningUnit(work, unitId, openedOn)
  return work.makes(Object.assign(new Post(), { code: code.trim(), title: title.trim(), unit, unitType, kind, grade, openedOn, initiative: await built(work, initiativeId) }))
}

export async function updatePost(work: Work, input: PostUpdateInput): Promise<Post> {
  const post = await work.target(Post, input.postId, 'input.postId', input.expectedVersion)
  for (const key of ['title', 'unitType', 'kind', 'grade'] as const) if (input[key] !== undefined) Object.assign(post, { [key]: input[key] })
  if (input.initiativeId !== undefined) post.initiative = await built(work, input.initiativeId)
  return post
}

/** Nobody may be employed on the post from that day on. */
export async function closePost(work: Work, { postId, expectedVersion, closedOn }: PostCloseInput): Promise<Post> {
  const post = await work.target(Post, postId, 'input.postId', expectedVersion)
  checkClosing(post.openedOn, closedOn)
  const filled = await work.em.count(Employment, { post: post.id, $or: [{ validTo: null }, { validTo: { $gt: closedOn } }] })
  if (filled > 0) throw new Problem('IN_USE', 'input.postId', { en: 'Somebody is employed on it on that day. End the employment or move it to another post first.', zh: '届时该岗位仍有人员，请先终止其从业或调整岗位。' })
  post.closedOn = closedOn
  return post
}

export async function openStation(work: Work, input: StationOpenInput): Promise<Station> {
  const { code, name, kind, unitId, divisionId, openedOn } = input
  const unit = await runningUnit(work, unitId, openedOn)
  const division = await work.reference(Division, divisionId, 'input.divisionId')
  if (!division.path.startsWith(unit.divisionPath)) throw new Problem('OUT_OF_RANGE', 'input.divisionId', { en: 'The station serves the division where its unit stands, or one below.', zh: '服务区划须为运营单位所在区划或其下级。' })
  return work.makes(Object.assign(new Station(), { code: code.trim(), name: name.trim(), kind, unit, division, openedOn }))
}

export async function updateStation(work: Work, { stationId, expectedVersion, name }: StationUpdateInput): Promise<Station> {
  const station = await work.target(Station, stationId, 'input.stationId', expectedVersion)
  if (name !== undefined) station.name = name.trim()
  return station
}

export async function closeStation(work: Work, { stationId, expectedVersion, closedOn }: StationCloseInput): Promise<Station> {
  const station = await work.target(Station, stationId, 'input.stationId', expectedVersion)
  checkClosing(station.openedOn, closedOn)
  station.closedOn = closedOn
  return station
}
