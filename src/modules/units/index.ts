/*
 * Units (单位): the bodies of the network, each in a division (块) and, where it has one, below a unit by line (条);
 * and their mandates (职责): which unit leads, coordinates, is responsible or cooperates in a mechanism, between two dates, by a document.
 * One unit coordinates a division on any day, without gap or overlap. Other roles may be shared, but the same unit, mechanism and role never overlaps itself.
 * A credit code obeys GB 32100. Names are dated; the one in force stands on the unit. A unit ends only when its open work and mandates are handed over.
 */
import { sql } from 'kysely'
import type { RowRef } from '../../access/index.js'
import { viewerSql } from '../../access/index.js'
import { aggregate, collection, connection, constraintMeans, defineModule, inForce, list, question } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { DocumentIssuer, Mandate, PolicyDocument } from './mandate.entity.js'
import { unitAccess, unitScopes } from './unit.access.js'
import { Unit, UnitName, UnitSystem } from './unit.entity.js'
import { documentGrouping, mandateGrouping, unitGrouping } from './unit.grouping.js'
import { CoordinatingArgs, mandatePaging, policyDocumentPaging, ResponsibleArgs, unitPaging } from './unit.input.js'
import { UnitMutations } from './unit.resolver.js'

constraintMeans('mandate_one_coordinator', () => new Problem('OVERLAP', 'input.validFrom', { en: 'Another unit coordinates the division on one of these days.', zh: '期间内另有单位综合协调该区划。' }))
constraintMeans('mandate_no_self_overlap', () => new Problem('OVERLAP', 'input.validFrom', { en: 'The unit already holds this role on one of these days.', zh: '期间内该单位已有相同职责。' }))

const day = (args: Record<string, unknown>) => (args['on'] ? sql`cast(${args['on']} as date)` : viewerSql.today)
const charged = (row: RowRef, args: Record<string, unknown>, role: unknown, more = sql``) =>
  sql`exists (select 1 from mandate m join division d on d.id = m.division_id
    where m.unit_id = ${row.column('id')} and m.role = ${role} and ${inForce('m', day(args))}
    ${args['divisionCode'] ? sql`and d.code = ${args['divisionCode']}` : sql``} ${more})`

export const units = defineModule({
  name: 'units',
  records: [UnitSystem, Unit, UnitName, PolicyDocument, DocumentIssuer, Mandate],
  resolvers: [UnitMutations],
  fields: [
    collection(Unit, 'unit', 'units', unitPaging),
    collection(Mandate, 'mandate', 'mandates', mandatePaging),
    collection(PolicyDocument, 'policyDocument', 'policyDocuments', policyDocumentPaging),
    aggregate(Unit, 'unitsAggregate', unitPaging, unitGrouping),
    aggregate(Mandate, 'mandatesAggregate', mandatePaging, mandateGrouping),
    aggregate(PolicyDocument, 'policyDocumentsAggregate', policyDocumentPaging, documentGrouping),
    question(Unit, 'coordinatingUnits', 'The unit that coordinated a division on a day: one, or none before the first mandate (某日某区划的综合协调单位).', unitPaging, CoordinatingArgs, (row, args) =>
      charged(row, args, 'OVERALL_COORDINATION'),
    ),
    question(Unit, 'unitsInCharge', 'The units that held a role in a mechanism on a day (某日某机制的负责单位).', unitPaging, ResponsibleArgs, (row, args) =>
      // A role that covers all six mechanisms names none.
      charged(row, args, args['role'], sql`and coalesce(m.mechanism, ${args['mechanism']}) = ${args['mechanism']}`),
    ),
    list(Unit, 'names', () => UnitName, 'unit', 'Its names with their dates, oldest first; a handful (历史名称).', { order: ['validFrom'] }),
    list(Unit, 'mandates', () => Mandate, 'unit', 'Its mandates, oldest first; at most a few per mechanism (职责).', { order: ['validFrom', 'id'] }),
    connection(Unit, 'lineChildren', () => Unit, 'lineParent', 'Units directly below it by line (条线下级).', unitPaging),
    list(PolicyDocument, 'issuers', () => DocumentIssuer, 'document', 'Units that issued it; a handful (发文单位).', { order: ['id'] }),
  ],
  access: [unitAccess],
  scopes: unitScopes,
})

export { Unit, UnitKind, UnitName, UnitSystem, LegalForm } from './unit.entity.js'
export { DocumentIssuer, DocumentKind, documentNumberFault, Mandate, MandateRole, Mechanism, PolicyDocument } from './mandate.entity.js'
export { checkCreditCode } from './credit-code.js'
export { coversAll } from './mandate.service.js'
export { MandateFilter, UnitFilter, PolicyDocumentFilter } from './unit.input.js'
export { beforeUnitEnds } from './unit.service.js'
