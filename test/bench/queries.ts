/* What is measured: the document that Heli is asked, and the variables that change from request to request. */

export interface Query {
  readonly id: string
  readonly title: string
  readonly document: string
  /** Goal of the ratio to raw. */
  readonly goal: number
}

export const P1: Query = {
  id: 'P1',
  title: 'front page: 20 initiatives, their tasks and tracks',
  goal: 1.0,
  document: `query JointInitiatives($first: Int = 20, $before: DateTime!) {
  initiatives(filter: { status: { eq: ACTIVE }, createdAt: { lt: $before } }, orderBy: [{ field: CREATED_AT, direction: DESC }], first: $first) {
    totalCount
    nodes {
      id code title status
      leadUnit { id name }
      participations { role unit { id name } }
      tasks(first: 10, orderBy: [{ field: DUE_ON, direction: ASC }]) {
        nodes { id title status dueOn assignments { role progress unit { name } person { name title } } }
      }
    }
  }
}`,
}

const flat = `{ nodes { id role status dueOn progress isOverdue unit { id code name } person { id name } task { id code title status dueOn initiative { id code title } } } pageInfo { endCursor hasNextPage } }`
export const P2: Query = {
  id: 'P2',
  title: 'BI page: 1,000 assignments in five pages of 200',
  goal: 1.0,
  document: `query Flat($a: String!, $b: String!, $c: String!, $d: String!, $e: String!) {
${['a', 'b', 'c', 'd', 'e'].map((page) => `  ${page}: assignments(first: 200, after: $${page}) ${flat}`).join('\n')}
}`,
}

/** One page of P2, to walk to the cursors with. */
export const walk = `query Walk($after: String) { assignments(first: 200, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`

export const P3: Query = {
  id: 'P3',
  title: 'coordination: 50 latest-due open assignments of a division',
  goal: 0.9,
  document: `query Open($division: String!, $status: [AssignmentStatus!]!) {
  assignments(filter: { status: { in: $status }, unit: { division: { code: { startsWith: $division } } } }, orderBy: [{ field: DUE_ON, direction: DESC }], first: 50) {
    totalCount
    nodes { id role status dueOn progress isOverdue unit { id name } person { name title } task { id code title urgency } }
  }
}`,
}

export const P4: Query = {
  id: 'P4',
  title: 'one task with everything on its page',
  goal: 0.8,
  document: `query TaskPage($id: ID!) {
  task(id: $id) {
    id version createdAt updatedAt code title requirement source urgency confidential issuedOn dueOn isOverdue expectedResult status
    initiative { id code title status leadUnit { id name } }
    issuingUnit { id name }
    leadUnit { id name }
    division { id code name }
    parent { id code title status }
    children(first: 50) { totalCount nodes { id code title status dueOn leadUnit { id name } } }
    assignments { id version role status progress dueOn isOverdue internalNote unit { id name } person { id name title officePhone } liaison { id name title officePhone } }
  }
}`,
}

export const P5: Query = {
  id: 'P5',
  title: 'group-by: tracks by unit and status, with the share overdue',
  goal: 0.9,
  document: `query Groups($from: Day!) {
  assignmentsAggregate(filter: { dueOn: { gte: $from } }, groupBy: [{ field: UNIT }, { field: STATUS }], first: 1000) {
    nodes { count shareWhere(filter: { isOverdue: { eq: true } }) keys { unit { id name } status } }
  }
}`,
}

export const P6: Query = {
  id: 'P6',
  title: 'mutation: report how an initiative stands',
  goal: 0.5,
  document: `mutation Report($input: InitiativeReportInput!) {
  initiativeReport(input: $input) { initiativeUpdate { id reportedOn health text author { id name } } userErrors { code message field } }
}`,
}

export const queries: readonly Query[] = [P1, P2, P3, P4, P5, P6]
