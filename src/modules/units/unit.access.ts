/*
 * Every signed-in viewer reads every unit, its names, mandates and the policy documents.
 * SYSTEM_ADMIN keeps units and dictionaries. SECURITY_ADMIN keeps mandates, never those of its own unit.
 */
import { sql } from 'kysely'
import { accessTable, act, all, can, condition, open, scope, signedIn, viewerSql } from '../../access/index.js'

const notOwnUnit = condition({
  sentence: { en: 'never for its own unit', zh: '不得涉及本单位' },
  columns: ['unitId'],
  sql: (row) => sql`${row.column('unitId')} <> all(${viewerSql.units(['SECURITY_ADMIN'])})`,
})
const keepsMandate = act('Mandate', all(can('rights:keep'), notOwnUnit))
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const unitAccess = accessTable({
  Unit: {
    ...record,
    code: open, name: open, shortName: open, kind: open, division: open, divisionPath: open, lineParent: open, creditCode: open, system: open, institutionKind: open,
    legalForm: open, registrationLevel: open, foundedOn: open, endedOn: open, successor: open, names: open, mandates: open, lineChildren: open,
  },
  UnitName: { ...record, unit: open, name: open, validFrom: open, validTo: open },
  UnitSystem: { ...record, name: open, validFrom: open, validTo: open },
  Mandate: { ...record, unit: open, division: open, mechanism: open, role: open, validFrom: open, validTo: open, basis: open },
  PolicyDocument: { ...record, number: open, title: open, kind: open, issuedOn: open, supersedes: open, issuers: open },
  DocumentIssuer: { ...record, document: open, unit: open },
  Query: {
    unitsAggregate: signedIn, mandatesAggregate: signedIn, policyDocumentsAggregate: signedIn,
    unit: signedIn, units: signedIn, mandate: signedIn, mandates: signedIn, policyDocument: signedIn, policyDocuments: signedIn,
    coordinatingUnits: signedIn, unitsInCharge: signedIn,
  },
  Mutation: {
    unitCreate: act('Unit', can('structure:keep')),
    unitUpdate: act('Unit', can('structure:keep')),
    unitRename: act('Unit', can('structure:keep')),
    unitEnd: act('Unit', can('structure:keep')),
    mandateCreate: keepsMandate,
    mandateUpdate: keepsMandate,
    mandateTransfer: keepsMandate,
  },
})
export const unitScopes = ['Unit', 'UnitName', 'UnitSystem', 'Mandate', 'PolicyDocument', 'DocumentIssuer'].map((type) => scope(type, signedIn))
