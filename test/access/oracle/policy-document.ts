/** "Division, Unit, Mandate, PolicyDocument: every signed-in viewer." Its issuers are part of the document. */
import type { DocumentIssuer, PolicyDocument } from './snapshot.js'
import { everySignedInViewer, many, ofEveryRow, one, value, type Page } from './words.js'

export const policyDocument: Page<PolicyDocument> = {
  type: 'PolicyDocument',
  rows: ({ tables }) => tables.policy_document,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    number: value('number'), title: value('title'), kind: value('kind'), issuedOn: value('issuedOn'),
    supersedes: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.supersedesId)),
    issuers: many('DocumentIssuer', (row, snapshot) => snapshot.where('document_issuer', 'documentId', row.id)),
  },
}

export const documentIssuer: Page<DocumentIssuer> = {
  type: 'DocumentIssuer',
  rows: ({ tables }) => tables.document_issuer,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    document: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.documentId)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
  },
}
