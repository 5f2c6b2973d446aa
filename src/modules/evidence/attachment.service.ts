import { createHash } from 'node:crypto'
import { permissions, unitsWith } from '../../access/index.js'
import { mutation, type MutationSpec, type Payload, type Work, type WriteContext } from '../../engine/index.js'
import { faultsOf, Problem } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'
import { Attachment } from './attachment.entity.js'
import type { AttachmentAddInput, AttachmentWithdrawInput } from './attachment.input.js'
import type { BlobStore, HeldBlob } from './blob-store.js'
import { typeFault } from './media-types.js'

/** What the acts of this module find in their context besides what every act finds. */
export interface Evidence {
  readonly store: BlobStore
  /** Bytes that a file may have. */
  readonly limit: number
  /** Content that came as the body of its own request, and not inside the input. */
  readonly upload?: Buffer
}
export type EvidenceContext = WriteContext & { readonly evidence: Evidence }

/** Takes the bytes in, enters the row, and takes the bytes back where no row came to name them: refused, failed, or a replay of an earlier one. */
export async function addAttachment(ctx: EvidenceContext, spec: MutationSpec, input: AttachmentAddInput): Promise<Payload> {
  const { store, limit, upload } = ctx.evidence
  const bytes = upload ?? Buffer.from(input.content ?? '', 'base64')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const fault = sizeFault(bytes, limit) ?? typeFault(input, bytes)
  const held = fault || faultsOf(input).length > 0 ? undefined : await store.put(bytes, sha256)
  const { id } = new Attachment()
  // With the hash in it the record of the act knows a replay by its content, also where that came outside the input.
  const act = mutation(ctx, spec, Object.assign(input, { sha256 }), async (work) => {
    if (fault) throw fault
    // Made anew for each try: an entity of a transaction that was rolled back still counts as written.
    return enter(work, input, Object.assign(new Attachment(), { id, fileName: input.fileName.trim().normalize('NFC'), mediaType: input.mediaType, note: input.note?.trim() || null, size: bytes.length, sha256 }), held!)
  })
  const isKept = (answer: Payload) => answer['attachment'] === id
  return act.then(
    async (answer) => {
      if (!isKept(answer)) await held?.discard()
      return answer
    },
    async (error: unknown) => {
      await held?.discard()
      throw error
    },
  )
}

function sizeFault({ length }: Buffer, limit: number): Problem | undefined {
  if (length === 0) return new Problem('REQUIRED', 'input.content', { en: 'The file is empty. Send its content.', zh: '文件为空，请发送文件内容。' })
  if (length > limit) return new Problem('TOO_LARGE', 'input.content', { en: `The file has ${length} bytes; at most ${limit} are taken.`, zh: `文件为 ${length} 字节，上限为 ${limit} 字节。` })
  return undefined
}

async function enter(work: Work, input: AttachmentAddInput, made: Attachment, held: HeldBlob): Promise<Attachment> {
  const task = await work.reference(Task, input.taskId, 'input.taskId')
  const assignment = input.assignmentId ? await work.reference(Assignment, input.assignmentId, 'input.assignmentId') : null
  if (assignment && assignment.task.id !== task.id) throw new Problem('OUT_OF_RANGE', 'input.assignmentId', { en: 'The assignment belongs to another task.', zh: '该承办不属于此任务。' })
  refuseFiled(task, 'input.taskId')
  const { personId } = work.reads.viewer
  Object.assign(made, { task, assignment, unit: await actingUnit(work, task, assignment), uploadedBy: personId ? work.em.getReference(Person, personId) : null, withdrawnAt: null })
  work.makes(made)
  await work.em.flush()
  await held.save((text, values) => work.run(text, values), made.id)
  return made
}

/** A file that is closed stays as it was closed. */
function refuseFiled(task: Task, field: string): void {
  if (task.status !== 'CLOSED' && task.status !== 'TERMINATED') return
  throw new Problem('ILLEGAL_TRANSITION', field, { en: `The task is ${task.status}; its file takes no more changes.`, zh: '该任务已销号或终止，其材料不再变更。' })
}

/** The unit of the viewer in whose name the act is done: the assigned one, the child task's issuer, the nearest coordinating one; else any of theirs, and the guard decides. */
async function actingUnit(work: Work, task: Task, assignment: Assignment | null): Promise<Unit> {
  const { viewer } = work.reads
  const has = (word: keyof typeof permissions, unitId: string | undefined) => unitId !== undefined && unitsWith(viewer, permissions[word]).includes(unitId)
  const own = has('assignment:handle', assignment?.unit.id) ? assignment!.unit.id : task.parent && has('task:issueToChildren', task.issuingUnit.id) ? task.issuingUnit.id : undefined
  const [office] = own ? [] : await work.run<{ id: string }>(
    `select u.id from unit u join task t on t.id = $1 left join initiative i on i.id = t.initiative_id join unit issuer on issuer.id = t.issuing_unit_id join division d on d.id = coalesce(i.division_id, issuer.division_id)
     where u.id = any($2) and d.path ^@ u.division_path order by length(u.division_path) desc, u.id limit 1`,
    [task.id, unitsWith(viewer, permissions['task:coordinate'])],
  )
  return work.em.findOneOrFail(Unit, own ?? office?.id ?? viewer.posts[0]!.unitId)
}

export async function withdrawAttachment(work: Work, input: AttachmentWithdrawInput): Promise<Attachment> {
  const attachment = await work.target(Attachment, input.attachmentId, 'input.attachmentId', input.expectedVersion)
  if (attachment.withdrawnAt) throw new Problem('ILLEGAL_TRANSITION', 'input.attachmentId', { en: 'The attachment is withdrawn already.', zh: '该材料已撤回。' })
  refuseFiled(await work.em.findOneOrFail(Task, attachment.task.id), 'input.attachmentId')
  attachment.withdrawnAt = work.reads.facts.clock.now()
  return attachment
}
