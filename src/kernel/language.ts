export type Language = 'en' | 'zh'

/** One message in both languages. */
export type Said = Readonly<Record<Language, string>>

/** The language that an `Accept-Language` header asks for; English where it asks for neither. */
export function languageOf(header: string | undefined): Language {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase()
    if (tag === 'zh' || tag === 'en') return tag
  }
  return 'en'
}
