import type { Language, Said } from './language.js'

/** Something the user can mend: becomes one `userErrors` entry of a payload, and nothing is changed. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    /** The input field at fault, as a path such as `input.dueOn`, or null. */
    readonly field: string | null,
    readonly said: Said,
    readonly more: { currentVersion?: number; changedFields?: string[] } = {},
  ) {
    super(said.en)
  }

  in(language: Language): UserErrorShape {
    return { code: this.code, field: this.field, message: this.said[language], ...this.more }
  }
}

/** Several problems told at once. */
export class Problems extends Error {
  constructor(readonly all: readonly Problem[]) {
    super(all.map((one) => one.message).join('; '))
  }
}

export interface UserErrorShape {
  code: string
  field: string | null
  message: string
  currentVersion?: number
  changedFields?: string[]
}

export type RefusalCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_USER_INPUT' | 'STORE_UNAVAILABLE'

/** Not allowed, not there, not understood, or a neighbour of ours is silent: a top-level error with this code. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly said: Said,
    readonly field?: string,
  ) {
    super(said.en)
  }
}

// One sentence for "absent" and "not visible": two sentences would tell that a hidden row exists.
export const notFound = (field?: string) =>
  new Refusal('NOT_FOUND', { en: 'No such object is visible to you. Check the id.', zh: '没有您可见的该对象，请核对 id。' }, field)

export const forbidden = (what: string, whatZh = what) =>
  new Refusal('FORBIDDEN', {
    en: `You may not do this: ${what}. Ask the security administrator for an appointment that holds the right.`,
    zh: `您无权执行此操作：${whatZh}。如有需要，请由安全管理员办理任职授权。`,
  })

export const unauthenticated = () =>
  new Refusal('UNAUTHENTICATED', {
    en: 'Sign in first: send "Authorization: Bearer <token>".',
    zh: '请先登录：请求头须带 "Authorization: Bearer <令牌>"。',
  })
