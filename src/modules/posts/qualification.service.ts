import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { checkCertificateNumber } from './certificate-number.js'
import type { QualificationAddInput, QualificationRegisterInput, QualificationUpdateInput, QualificationWithdrawInput, SocialWorkerRegisterInput } from './qualification.input.js'
import { Qualification, QualificationNumber, SocialWorker, type CredentialLevel, type QualificationKind } from './social-worker.entity.js'

export async function registerWorker(work: Work, { personId }: SocialWorkerRegisterInput): Promise<SocialWorker> {
  return work.makes(Object.assign(new SocialWorker(), { person: await work.reference(Person, personId, 'input.personId') }))
}

export async function addQualification(work: Work, input: QualificationAddInput): Promise<Qualification> {
  const socialWorker = await work.target(SocialWorker, input.socialWorkerId, 'input.socialWorkerId')
  const { kind, level = null, issuedOn, registeredOn = null, certificateNumber } = input
  checkNotAhead(work, issuedOn, 'input.issuedOn')
  checkKind(kind, level, { registeredOn, certificateNumber })
  if (registeredOn) checkRegistration(work, issuedOn, registeredOn)
  const qualification = Object.assign(new Qualification(), {
    socialWorker, kind, level, title: input.title.trim(), issuer: input.issuer?.trim() || null, issuedOn, registeredOn, registeredUntil: registeredOn && threeYearsAfter(registeredOn),
  })
  work.em.persist(qualification)
  if (certificateNumber) await keepNumber(work, qualification, certificateNumber)
  return qualification
}

export async function updateQualification(work: Work, input: QualificationUpdateInput): Promise<Qualification> {
  const qualification = await work.target(Qualification, input.qualificationId, 'input.qualificationId', input.expectedVersion)
  if (input.title !== undefined) qualification.title = input.title.trim()
  if (input.issuer !== undefined) qualification.issuer = input.issuer?.trim() || null
  if (input.certificateNumber !== undefined) {
    checkKind(qualification.kind, qualification.level ?? null, { certificateNumber: input.certificateNumber })
    await keepNumber(work, qualification, input.certificateNumber)
    work.touch(qualification)
  }
  return qualification
}

export async function registerQualification(work: Work, { qualificationId, expectedVersion, registeredOn }: QualificationRegisterInput): Promise<Qualification> {
  const qualification = await work.target(Qualification, qualificationId, 'input.qualificationId', expectedVersion)
  checkKind(qualification.kind, qualification.level ?? null, { registeredOn })
  checkRegistration(work, qualification.issuedOn, registeredOn)
  if (qualification.withdrawnOn) throw new Problem('LOCKED', 'input.qualificationId', { en: `The credential was withdrawn on ${qualification.withdrawnOn}.`, zh: `该证书已于 ${qualification.withdrawnOn} 撤销。` })
  if (qualification.registeredOn && registeredOn <= qualification.registeredOn) throw new Problem('OUT_OF_RANGE', 'input.registeredOn', { en: `It was registered on ${qualification.registeredOn}; a renewal is later.`, zh: `已于 ${qualification.registeredOn} 登记，再次登记须晚于该日。` })
  return Object.assign(qualification, { registeredOn, registeredUntil: threeYearsAfter(registeredOn) })
}

export async function withdrawQualification(work: Work, { qualificationId, expectedVersion, withdrawnOn }: QualificationWithdrawInput): Promise<Qualification> {
  const qualification = await work.target(Qualification, qualificationId, 'input.qualificationId', expectedVersion)
  checkNotAhead(work, withdrawnOn, 'input.withdrawnOn')
  if (withdrawnOn <= qualification.issuedOn) throw new Problem('OUT_OF_RANGE', 'input.withdrawnOn', { en: `It was issued on ${qualification.issuedOn}; it is withdrawn later.`, zh: `颁发日期为 ${qualification.issuedOn}，撤销日期须晚于该日。` })
  return Object.assign(qualification, { withdrawnOn })
}

/** A registration holds for three years, to the day. */
export function threeYearsAfter(day: string): string {
  const [year, month, date] = day.split('-') as [string, string, string]
  const until = `${Number(year) + 3}-${month}-${date}`
  return month === '02' && date === '29' ? `${Number(year) + 3}-03-01` : until
}

/** A CREDENTIAL has a level, and it alone; a number and a registration belong to one only. */
export function checkKind(kind: QualificationKind, level: CredentialLevel | null, more: { registeredOn?: string | null; certificateNumber?: string | null | undefined }): void {
  const isCredential = kind === 'CREDENTIAL'
  if (isCredential !== (level !== null)) throw new Problem('MALFORMED', 'input.level', { en: 'A CREDENTIAL has a level; other qualifications have none.', zh: '职业资格须填写等级，其他资质不填等级。' })
  for (const key of ['certificateNumber', 'registeredOn'] as const) {
    if (!isCredential && more[key]) throw new Problem('MALFORMED', `input.${key}`, { en: 'Only a CREDENTIAL has a control number and a registration.', zh: '仅职业资格填写管理号和登记日期。' })
  }
}

function checkNotAhead(work: Work, day: string, field: string): void {
  if (day > work.today) throw new Problem('OUT_OF_RANGE', field, { en: `${field} is today (${work.today}) at the latest.`, zh: `${field} 不得晚于今天（${work.today}）。` })
}

function checkRegistration(work: Work, issuedOn: string, registeredOn: string): void {
  checkNotAhead(work, registeredOn, 'input.registeredOn')
  if (registeredOn < issuedOn) throw new Problem('OUT_OF_RANGE', 'input.registeredOn', { en: `It was issued on ${issuedOn}; it is registered then or later.`, zh: `颁发日期为 ${issuedOn}，登记不得早于该日。` })
}

async function keepNumber(work: Work, qualification: Qualification, certificateNumber: string | null): Promise<void> {
  if (certificateNumber) checkCertificateNumber(certificateNumber, qualification.issuedOn, 'input.certificateNumber')
  const kept = qualification.version ? await work.em.findOne(QualificationNumber, { qualification: qualification.id }) : null
  if (kept && certificateNumber) kept.certificateNumber = certificateNumber
  else if (kept) work.em.remove(kept)
  else if (certificateNumber) work.em.persist(Object.assign(new QualificationNumber(), { qualification, certificateNumber }))
}
