import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'

export const DivisionLevel = enumeration('DivisionLevel', 'Level of an administrative division (行政区划级别).', {
  PROVINCE: 'Province, autonomous region or municipality (省级)',
  PREFECTURE: 'Prefecture (地市级)',
  COUNTY: 'County, city or district (县区级)',
  TOWNSHIP: 'Township, town or subdistrict (乡镇街道级)',
  COMMUNITY: 'Community or village (社区)',
})
export type DivisionLevel = keyof typeof DivisionLevel

/** Names of the published list's entries that only fill a level; no unit stands there. */
export const pseudoNames: ReadonlySet<string> = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])

@Record('Division', 'div', 'An administrative division (行政区划), by its statistical division code (GB/T 2260; nine digits for townships, twelve for communities).')
export class Division extends RecordBase {
  @Text('Division code (区划代码): 6, 9 or 12 digits. Old codes stay valid for old rows.', { unique: true })
  code!: string

  @Text('Name (名称).')
  name!: string

  @Choice(() => DivisionLevel, 'Level (级别).')
  level!: DivisionLevel

  @Link(() => Division, 'The division that it belongs to; none for a province (上级区划).', { nullable: true })
  parent?: Division | null

  @Text('Edition of the code list that the row comes from (代码版本).', { nullable: true })
  revision?: string | null

  @OnDay('First day on which the division no longer exists (撤销日期).', { nullable: true })
  endedOn?: string | null

  @Text('Codes from the province down to itself, `/330000/330100/`: what begins with it is the division or lies below it (区划路径). Kept by the database.', { default: '' })
  path!: string

  /** A filler of the published list (市辖区, 县, …), where no unit may stand. */
  isPseudo(): boolean {
    return this.level === 'PREFECTURE' || this.level === 'COUNTY' ? pseudoNames.has(this.name) : false
  }
}

/** Digits of a code by level. */
export const codeLength: Readonly<{ [level in DivisionLevel]: number }> = { PROVINCE: 6, PREFECTURE: 6, COUNTY: 6, TOWNSHIP: 9, COMMUNITY: 12 }
