import type { Work } from '../../engine/index.js'
import { Problem, Problems } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { Assignment, lockedTask, moved, nextReport, Task, trackFaults } from '../tasks/index.js'
import { ProgressReport, Review } from './progress.entity.js'
import type { ProgressReportInput, ReviewAddInput } from './progress.input.js'

/** The viewer as a person; none for a service. */
export const viewingPerson = (work: Work): Person | null => (work.reads.viewer.personId ? work.em.getReference(Person, work.reads.viewer.personId) : null)

/** An interim report changes no state and sets the day for the next one; a result hands the track to the issuer. */
export async function reportProgress(work: Work, input: ProgressReportInput): Promise<ProgressReport> {
  const track = await work.target(Assignment, input.assignmentId, 'input.assignmentId', input.expectedVersion)
  const isResult = input.isResult ?? false
  checkPeriod(work, input)
  const percent = percentOf(input, isResult)
  if (isResult) await reportResult(work, track)
  else {
    // With its policy in one statement: the rhythm of reports is the policy's.
    const task = await work.em.findOneOrFail(Task, track.task.id, { populate: ['policy'] })
    Object.assign(track, { progress: percent, reportBy: await nextReport(work, task) })
  }
  const report = Object.assign(new ProgressReport(), {
    assignment: track, task: track.task, unit: track.unit, periodFrom: input.periodFrom, periodTo: input.periodTo, percent, text: input.text.trim(), isResult, reporter: viewingPerson(work), reportedOn: work.today,
  })
  work.em.persist(report)
  return report
}

async function reportResult(work: Work, track: Assignment): Promise<void> {
  const faults = trackFaults('assignmentReport', { trackStatus: track.status, isLead: track.role === 'LEAD', isFrozen: track.isFrozen })
  if (faults.length > 0) throw new Problems(faults)
  const task = await lockedTask(work, track)
  Object.assign(track, { status: 'REPORTED', progress: 100, reportedOn: work.today, reportBy: null, isRedone: false })
  await moved(work, track, task)
}

function checkPeriod(work: Work, { periodFrom, periodTo }: ProgressReportInput): void {
  if (periodFrom > periodTo) throw new Problem('OUT_OF_RANGE', 'input.periodTo', { en: `The period ends on ${periodTo}, before it begins (${periodFrom}).`, zh: `截止日期 ${periodTo} 早于起始日期 ${periodFrom}。` })
  if (periodTo > work.today) throw new Problem('OUT_OF_RANGE', 'input.periodTo', { en: `The period ends after today (${work.today}).`, zh: `截止日期晚于今天（${work.today}）。` })
}

function percentOf({ percent }: ProgressReportInput, isResult: boolean): number {
  if (!isResult && percent === undefined) throw new Problem('REQUIRED', 'input.percent', { en: 'Say how far it is, 0 to 100.', zh: '请填写进度（0 至 100）。' })
  if (isResult && percent !== undefined && percent !== 100) throw new Problem('OUT_OF_RANGE', 'input.percent', { en: `A result is 100 per cent; got ${percent}. Leave it out, or send an interim report.`, zh: `办理结果的进度为 100，当前为 ${percent}。请勿填写，或改为阶段反馈。` })
  return percent ?? 100
}

export async function addReview(work: Work, input: ReviewAddInput): Promise<Review> {
  const track = await work.target(Assignment, input.assignmentId, 'input.assignmentId')
  const report = input.reportId ? await work.reference(ProgressReport, input.reportId, 'input.reportId') : null
  if (report && report.assignment.id !== track.id) throw new Problem('UNKNOWN', 'input.reportId', { en: 'That is no report of this assignment.', zh: '该反馈不属于本承办。' })
  const review = Object.assign(new Review(), { assignment: track, task: track.task, report, verdict: input.verdict, text: input.text.trim(), reviewer: viewingPerson(work), reviewedOn: work.today })
  work.em.persist(review)
  return review
}
