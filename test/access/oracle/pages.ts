import { associationMembership, divisionStatistic, incentiveMeasure, keyActivity, openingCount, pilot, planInclusion, publicityActivity, recordingCoverage, socialWorkSection } from './activity.js'
import { agencyProfile, agencySupport } from './agency.js'
import { appointment } from './appointment.js'
import { deduction, deductionRule, scorePeriod, unitScore } from './appraisal.js'
import { assignment, taskStep } from './assignment.js'
import { attachment } from './attachment.js'
import { auditEntry } from './audit-entry.js'
import { calendarDay, calendarYear } from './calendar.js'
import { conference, conferenceMember, meeting, resolution, resolutionTask } from './conference.js'
import { contract, contractMilestone, evaluation, payment } from './contract.js'
import { division } from './division.js'
import { exportJob } from './exports.js'
import { allocation, budgetLine, disbursement, openingBalance } from './funding.js'
import { initiative, initiativeTarget, initiativeUpdate, milestone, participation } from './initiative.js'
import { mandate } from './mandate.js'
import { periodLock } from './periods.js'
import { person } from './person.js'
import { documentIssuer, policyDocument } from './policy-document.js'
import { employment, post, qualification, socialWorker, station, workLog } from './posts.js'
import { consultation, needsSurvey, servicePlan, serviceRecord } from './services.js'
import { comment, extensionRequest, progressReport, review } from './progress.js'
import { award, bid, lot, procurement } from './procurement.js'
import { reminder } from './reminder.js'
import { lightRule, supervisionPolicy } from './supervision.js'
import { task } from './task.js'
import { unit, unitName, unitSystem } from './unit.js'
import { commendation, complaint, volunteer, volunteerNoticeRule, volunteerService, volunteerTeam, volunteerTraining } from './volunteers.js'
import { continuingEducationRule, microPayment, microProject, supervision, supervisionRatio, supervisionSession, supervisor, training, trainingAttendance } from './capability.js'
import { indicatorFigure, indicatorThreshold } from './indicators.js'
import { returnCorrection, returnFigure, returnForm, returnSubmission, returnText } from './returns.js'
import { payFigure, payGuidance, payPublication, payRecord, payThreshold } from './pay.js'
import type { Page } from './words.js'

const all = [
  agencyProfile,
  agencySupport,
  allocation,
  appointment,
  assignment,
  associationMembership,
  attachment,
  auditEntry,
  award,
  bid,
  budgetLine,
  calendarDay,
  calendarYear,
  commendation,
  comment,
  complaint,
  conference,
  conferenceMember,
  consultation,
  continuingEducationRule,
  contract,
  contractMilestone,
  deduction,
  deductionRule,
  disbursement,
  division,
  divisionStatistic,
  documentIssuer,
  employment,
  evaluation,
  exportJob,
  extensionRequest,
  incentiveMeasure,
  indicatorFigure,
  indicatorThreshold,
  initiative,
  initiativeTarget,
  initiativeUpdate,
  keyActivity,
  lightRule,
  lot,
  mandate,
  meeting,
  microPayment,
  microProject,
  milestone,
  needsSurvey,
  openingBalance,
  openingCount,
  participation,
  payFigure,
  payGuidance,
  payPublication,
  payRecord,
  payThreshold,
  payment,
  periodLock,
  person,
  pilot,
  planInclusion,
  policyDocument,
  post,
  procurement,
  progressReport,
  publicityActivity,
  qualification,
  recordingCoverage,
  reminder,
  resolution,
  resolutionTask,
  returnCorrection,
  returnFigure,
  returnForm,
  returnSubmission,
  returnText,
  review,
  scorePeriod,
  servicePlan,
  serviceRecord,
  socialWorkSection,
  socialWorker,
  station,
  supervision,
  supervisionPolicy,
  supervisionRatio,
  supervisionSession,
  supervisor,
  task,
  taskStep,
  training,
  trainingAttendance,
  unit,
  unitName,
  unitScore,
  unitSystem,
  volunteer,
  volunteerNoticeRule,
  volunteerService,
  volunteerTeam,
  volunteerTraining,
  workLog,
] as unknown as Page[]

/** The page of each type, by its name. */
export const pages: Readonly<Record<string, Page>> = Object.fromEntries(all.map((page) => [page.type, page]))
