import type { Said } from '../kernel/language.js'
import type { Guard } from './guard.js'
import { permissions } from './permissions.js'

const reach = {
  ownUnit: { en: (is: string) => `in the unit of ${is}`, zh: (is: string) => `在${is}本单位` },
  inUnit: { en: (is: string) => `in the unit of ${is}, or above it by line`, zh: (is: string) => `在${is}本单位或其条线上级单位` },
  inDivision: { en: (is: string) => `in the division of ${is}, or above it`, zh: (is: string) => `在${is}所属区划或其上级区划` },
  inDivisionOfUnit: { en: (is: string) => `in the division of the unit ${is}, or above it`, zh: (is: string) => `在单位${is}所属区划或其上级区划` },
}

const holders = (word: keyof typeof permissions): string => {
  const roles = permissions[word] as readonly string[]
  if (roles.length >= 13) return 'any role'
  if (roles.includes('WITHOUT_ROLE')) return 'everyone signed in, but not as BI_READER alone'
  if (roles.length === 12 && !roles.includes('BI_READER')) return 'any role but BI_READER'
  if (word === 'work:takePart') return 'any role but BI_READER and the three administrators'
  return roles.map((role) => (role === 'LEADERSHIP_DIRECTOR' ? 'DIRECTOR of the LEADERSHIP unit' : role)).join(' or ')
}

const joined = (parts: Said[], en: string, zh: string): Said => ({ en: parts.map((part) => part.en).join(en), zh: parts.map((part) => part.zh).join(zh) })

/** The guard as a sentence in both languages. */
export function describe(guard: Guard): Said {
  switch (guard.kind) {
    case 'open':
      return { en: 'everyone who may see the row', zh: '凡可见该行者' }
    case 'signedIn':
      return { en: 'everyone signed in', zh: '凡已登录者' }
    case 'never':
      return { en: 'nobody', zh: '任何人均不可' }
    case 'self':
      return { en: 'the person concerned', zh: '本人' }
    case 'held': {
      const who = holders(guard.word)
      if (!guard.place) return { en: who, zh: who }
      const { how, is } = guard.place
      return { en: `${who} ${reach[how].en(is.en)}`, zh: `${reach[how].zh(is.zh)}任 ${who} 者` }
    }
    case 'visible':
      return { en: `everyone who may see its ${guard.type}`, zh: `凡可见其所属 ${guard.type} 者` }
    case 'condition':
      return guard.sentence
    case 'any':
      return joined(guard.of.map(describe), '; or ', '；或 ')
    case 'all':
      return joined(guard.of.map((part) => (part.kind === 'any' ? bracketed(describe(part)) : describe(part))), ', and ', '，且 ')
  }
}

const bracketed = (said: Said): Said => ({ en: `(${said.en})`, zh: `（${said.zh}）` })
