import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../environment.js'
import type { Figure, ReportData } from './data.js'

/** The answer of `Report` in `schema/operations/report.graphql`. */
export interface ReportAnswer {
  dashboard: { year: number; families: readonly { family: string; indicators: readonly Told[] }[] }
  onTime: ByUnit
  overdue: ByUnit
}

interface ByUnit {
  groups: readonly { label: string | null; numerator: string | null; denominator: string | null }[]
}

interface Told {
  value: string | null
  suppressed: boolean
  level: Figure['level']
  division: { code: string; name: string }
  definition: { nameZh: string; mechanism: string; measure: string; formulaZh: string; timing: string }
  previous: { value: string | null } | null
  threshold: { target: string } | null
}

let text: string | undefined
/** `Report` as the manifest of trusted documents has it, so that servers that answer no others answer it too. */
export const reportDocument = (): string => (text ??= Object.values(JSON.parse(readFileSync(join(projectRoot, 'schema', 'operations', 'manifest.json'), 'utf8')) as Record<string, { name: string; body: string }>).find(({ name }) => name === 'Report')!.body)

/** Makes the answer flat. The page takes its text as it stands here, so it names nothing outside itself. */
export function flattenReport({ dashboard, onTime, overdue }: ReportAnswer, asOf: string): ReportData {
  const families: Record<string, string> = { COMPETENCE: '综合能力', STRUCTURE: '人员结构', SERVICE: '专业服务', HEADCOUNT: '队伍总量' }
  const mechanisms: Record<string, string> = { ORGANISATION_LEADERSHIP: '组织领导', PROFESSIONAL_POSTS: '专业岗位', FUNDING: '经费保障', REMUNERATION: '薪酬', SERVICE_AGENCIES: '民办机构', CAPABILITY: '专业能力' }
  const units: Record<string, string> = { COUNT: '', PERSONS: '人', HOURS: '小时', DAYS: '天', POINTS: '分' }
  const number = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Number(text))
  const figureOf = ({ value, suppressed, level, definition: { nameZh, measure, formulaZh, timing }, previous, threshold }: Told): Figure => ({
    nameZh,
    unit: units[measure] ?? '',
    isShare: measure === 'SHARE' || measure === 'GROWTH',
    value: number(value),
    previous: number(previous?.value),
    target: number(threshold?.target),
    level,
    absence: value !== null ? null : suppressed ? '人数较少，不予公布' : timing === 'TODAY' ? '只有当前数' : '无数据或无权查看',
    formulaZh,
  })
  const parts = ({ groups }: ByUnit) => groups.flatMap(({ label, numerator, denominator }) => (label === null || numerator === null || denominator === null ? [] : [{ name: label, part: Number(numerator), whole: Number(denominator) }]))
  const told = dashboard.families.flatMap(({ indicators }) => indicators)
  const { code, name } = told[0]!.division
  return {
    division: { code, name },
    year: dashboard.year,
    asOf,
    families: dashboard.families.map(({ family, indicators }) => ({ nameZh: families[family] ?? family, figures: indicators.map(figureOf) })),
    mechanisms: Object.entries(mechanisms).map(([mechanism, nameZh]) => ({ nameZh, figures: told.filter(({ definition }) => definition.mechanism === mechanism).map(figureOf) })),
    onTime: parts(onTime),
    overdue: parts(overdue),
  }
}
