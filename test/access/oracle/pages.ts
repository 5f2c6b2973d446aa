import { appointment } from './appointment.js'
import { assignment, taskStep } from './assignment.js'
import { auditEntry } from './audit-entry.js'
import { calendarDay, calendarYear } from './calendar.js'
import { division } from './division.js'
import { initiative, initiativeUpdate, milestone, participation } from './initiative.js'
import { mandate } from './mandate.js'
import { person } from './person.js'
import { documentIssuer, policyDocument } from './policy-document.js'
import { comment, extensionRequest, progressReport, review } from './progress.js'
import { reminder } from './reminder.js'
import { lightRule, supervisionPolicy } from './supervision.js'
import { task } from './task.js'
import { unit, unitName, unitSystem } from './unit.js'
import type { Page } from './words.js'

const all = [reminder, comment, extensionRequest, progressReport, review, appointment, assignment, auditEntry, calendarDay, calendarYear, division, documentIssuer, initiative, initiativeUpdate, lightRule, mandate, milestone, participation, person, policyDocument, supervisionPolicy, task, taskStep, unit, unitName, unitSystem] as unknown as Page[]

/** The page of each type, by its name. */
export const pages: Readonly<Record<string, Page>> = Object.fromEntries(all.map((page) => [page.type, page]))
