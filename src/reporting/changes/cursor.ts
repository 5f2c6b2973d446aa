import { createHash } from 'node:crypto'
import { Refusal } from '../../kernel/index.js'

/** A place in the feed of one subject. */
export interface Place {
  /** When that feed began, in milliseconds since 1970: another one after it has another. */
  startedAt: number
  position: number
}

const digest = (parts: readonly unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)
const digestOf = (types: readonly string[] | null) => digest(types ? [...new Set(types)].sort() : ['*'])
const startAnew = { en: 'Start anew with `since: null`.', zh: '请以 since: null 重新开始。' }

const refuse = (en: string, zh: string) => new Refusal('BAD_USER_INPUT', { en: `${en} ${startAnew.en}`, zh: `${zh}${startAnew.zh}` }, 'since')

export const foreign = () => refuse('`since` is not a cursor of yours in this feed, or the feed was dropped after 90 days without a reader.', 'since 不是您在本变更流中的游标，或该变更流因 90 天无人读取已被清除。')
export const tooOld = () => refuse('`since` is older than what is still known of rows that are gone (30 days).', 'since 过旧，已超出删除记录的保留期（30 天）。')

export const writePlace = (subject: string, types: readonly string[] | null, { startedAt, position }: Place): string =>
  Buffer.from(JSON.stringify([digest([subject]), digestOf(types), startedAt, position])).toString('base64url')

/** The place that a cursor names; undefined for the start. */
export function readPlace(since: string | null | undefined, subject: string, types: readonly string[] | null): Place | undefined {
  if (!since) return undefined
  const held = /^[\w-]{1,200}$/.test(since) ? Buffer.from(since, 'base64url').toString() : ''
  const [, owner, kinds, startedAt, position] = /^\["([\w-]{12})","([\w-]{12})",(\d{1,15}),(\d{1,15})\]$/.exec(held) ?? []
  if (owner !== digest([subject])) throw foreign()
  if (kinds !== digestOf(types)) throw refuse('`since` was made for other `types`. Send the same ones with it.', 'since 对应的 types 不同，请使用与其相同的 types。')
  return { startedAt: Number(startedAt), position: Number(position) }
}
