import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { codeLength, Division, DivisionLevel } from './division.entity.js'
import type { DivisionCreateInput, DivisionUpdateInput } from './division.input.js'

const levels = Object.keys(DivisionLevel)

export async function createDivision(work: Work, input: DivisionCreateInput): Promise<Division> {
  const parent = input.parentId ? await work.reference(Division, input.parentId, 'input.parentId') : null
  checkPlace(input.code, input.level, parent)
  const division = new Division()
  Object.assign(division, { code: input.code, name: input.name.trim(), level: input.level, parent, revision: input.revision ?? null })
  return work.makes(division)
}

export async function updateDivision(work: Work, input: DivisionUpdateInput): Promise<Division> {
  const division = await work.target(Division, input.divisionId, 'input.divisionId', input.expectedVersion)
  if (input.name !== undefined) division.name = input.name.trim()
  if (input.endedOn !== undefined) division.endedOn = input.endedOn
  if (input.parentId !== undefined) {
    const parent = await work.reference(Division, input.parentId, 'input.parentId')
    checkPlace(division.code, division.level, parent)
    division.parent = parent
  }
  return division
}

/** Code, level and parent must fit: digits by level, and a parent of a higher level. Three cities have townships directly under them. */
export function checkPlace(code: string, level: DivisionLevel, parent: { level: DivisionLevel } | null): void {
  if (code.length !== codeLength[level]) {
    throw new Problem('MALFORMED', 'input.code', { en: `A ${level} has a code of ${codeLength[level]} digits; got ${code.length}.`, zh: `${level} 级区划代码须为 ${codeLength[level]} 位，当前 ${code.length} 位。` })
  }
  if ((level === 'PROVINCE') !== (parent === null) || (parent && levels.indexOf(parent.level) >= levels.indexOf(level))) {
    throw new Problem('MALFORMED', 'input.parentId', { en: 'A division other than a province needs a parent of a higher level; a province has none.', zh: '除省级外须有更高级别的上级区划；省级不设上级。' })
  }
}
