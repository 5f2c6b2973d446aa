import type { Work } from '../../engine/index.js'
import { overlaps, Problem } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import type { EmploymentBeginInput, EmploymentEndInput, EmploymentUpdateInput } from './employment.input.js'
import { Employment, Post } from './post.entity.js'
import { SocialWorker } from './social-worker.entity.js'

export async function beginEmployment(work: Work, input: EmploymentBeginInput): Promise<Employment> {
  const unit = await work.target(Unit, input.unitId, 'input.unitId')
  const socialWorker = await work.reference(SocialWorker, input.socialWorkerId, 'input.socialWorkerId')
  const { kind, validFrom, validTo = null } = input
  if (validTo && validTo <= validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' })
  if (!unit.isInForceOn(validFrom)) throw new Problem('OUT_OF_RANGE', 'input.validFrom', { en: 'The unit does not exist on that day.', zh: '该单位在起始日期不存在。' })
  const post = input.postId ? await postFor(work, unit.id, input.postId, validFrom) : null
  const employment = Object.assign(new Employment(), { socialWorker, unit, post, kind, validFrom, validTo })
  await checkNoOverlap(work, employment, 'input.validFrom')
  work.em.persist(employment)
  return employment
}

export async function updateEmployment(work: Work, { employmentId, expectedVersion, postId }: EmploymentUpdateInput): Promise<Employment> {
  const employment = await work.target(Employment, employmentId, 'input.employmentId', expectedVersion)
  if (postId !== undefined) employment.post = postId ? await postFor(work, employment.unit.id, postId, employment.validFrom > work.today ? employment.validFrom : work.today) : null
  return employment
}

export async function endEmployment(work: Work, { employmentId, expectedVersion, validTo }: EmploymentEndInput): Promise<Employment> {
  const employment = await work.target(Employment, employmentId, 'input.employmentId', expectedVersion)
  if (validTo <= employment.validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', { en: `It began on ${employment.validFrom}; it ends later.`, zh: `起始日期为 ${employment.validFrom}，终止日期须晚于该日。` })
  employment.validTo = validTo
  await checkNoOverlap(work, employment, 'input.validTo')
  return employment
}

async function postFor(work: Work, unitId: string, postId: string, day: string): Promise<Post> {
  const post = await work.reference(Post, postId, 'input.postId')
  if (post.unit.id !== unitId) throw new Problem('OUT_OF_RANGE', 'input.postId', { en: 'The post belongs to another unit.', zh: '该岗位不属于此单位。' })
  if (!post.isOpenOn(day)) throw new Problem('OUT_OF_RANGE', 'input.postId', { en: `The post does not exist on ${day}.`, zh: `该岗位在 ${day} 不存在。` })
  return post
}

/** Of one person: two full-time employments never share a day, nor two of one kind in one unit. Which unit the other one is in is not told. */
async function checkNoOverlap(work: Work, employment: Employment, field: string): Promise<void> {
  await work.run('select id from social_worker where id = $1 for update', [employment.socialWorker.id])
  const others = await work.em.find(Employment, { socialWorker: employment.socialWorker.id, kind: employment.kind, id: { $ne: employment.id } })
  const other = others.find((one) => (employment.kind === 'FULL_TIME' || one.unit.id === employment.unit.id) && overlaps(employment.validFrom, employment.validTo, one.validFrom, one.validTo))
  if (!other) return
  throw new Problem('OVERLAP', field, {
    en: `The person has another employment of the kind ${employment.kind} from ${other.validFrom} to ${other.validTo ?? '…'}. It must end first.`,
    zh: `该人员在 ${other.validFrom} 至 ${other.validTo ?? '…'} 已有同类从业（${employment.kind}），须先终止。`,
  })
}
