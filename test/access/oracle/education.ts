/** "Hours done ÷ required": what continuing education adds to a credential, read with it. */
import type { Qualification, Snapshot } from './snapshot.js'
import { unitOfPerson, type FieldPage } from './words.js'

function hoursDone(row: Qualification, snapshot: Snapshot): string | null {
  if (row.registeredOn === null) return null
  const counted = snapshot.where('training_attendance', 'socialWorkerId', row.socialWorkerId).filter(({ trainingId, isPassed }) => {
    const course = snapshot.one('training', trainingId)!
    return isPassed && course.isContinuingEducation && row.registeredOn! <= course.endsOn && course.endsOn < row.registeredUntil!
  })
  return (counted.reduce((sum, { hours }) => sum + Math.round(Number(hours) * 100), 0) / 100).toFixed(2)
}
function hoursRequired(row: Qualification, snapshot: Snapshot): string | null {
  const place = unitOfPerson(snapshot, snapshot.one('social_worker', row.socialWorkerId)!.personId)
  if (row.registeredOn === null || !place) return null
  for (const divisionId of snapshot.upwards('division', place.divisionId)) {
    const rule = snapshot.where('continuing_education_rule', 'divisionId', divisionId).find(({ level, validFrom, validTo }) => level === row.level && validFrom <= row.registeredOn! && (validTo === null || row.registeredOn! < validTo))
    if (rule) return rule.hours
  }
  return null
}
export const educationFields: Readonly<Record<string, FieldPage<Qualification>>> = { educationHoursDone: { kind: 'value', of: hoursDone }, educationHoursRequired: { kind: 'value', of: hoursRequired } }
