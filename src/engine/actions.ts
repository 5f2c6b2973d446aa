import { Field, ObjectType } from 'type-graphql'
import { describe } from '../access/index.js'
import { Problem } from '../kernel/index.js'
import { computed, markStructural, type About, type FieldDeclaration, type Facts } from './fields.js'

@ObjectType('ActReason', { description: 'Why an act is not possible now (原因).', simpleResolvers: true })
export class ActReason {
  @Field(() => String, { description: 'Stable code, as in `userErrors`; `FORBIDDEN` where the right is missing.' }) code!: string
  @Field(() => String, { description: 'What is missing, in the language of `Accept-Language`.' }) message!: string
}

@ObjectType('ActCheck', { description: 'Whether you may do an act on this row now (可否办理).', simpleResolvers: true })
export class ActCheck {
  @Field(() => Boolean, { description: 'The mutation would be accepted, given good input.' }) allowed!: boolean
  @Field(() => [ActReason], { description: 'What stands in the way; empty where it is allowed.' }) reasons!: ActReason[]
}

@ObjectType('NextAction', { description: 'A step that the state of the row allows (可办理事项).', simpleResolvers: true })
export class NextAction {
  @Field(() => String, { description: 'Name of the mutation.' }) action!: string
  @Field(() => Boolean, { description: 'You may do it now, given good input.' }) allowed!: boolean
  @Field(() => [ActReason], { description: 'What is missing for it.' }) missing!: ActReason[]
}
for (const shape of ['ActReason', 'ActCheck', 'NextAction']) markStructural(shape)

/** What must hold of a row before a mutation may act on it, besides the viewer's right. */
export interface Action {
  mutation: string
  facts: Facts
  /** Told from the facts. `ILLEGAL_TRANSITION` and `LOCKED` are for the wrong state; anything else is missing for a legal step. */
  missing(told: Record<string, never>): readonly Problem[]
}

const actions = new Map<Function, Action[]>()
const shapes = new Map<Function, Function>()
const byMutation = new Map<string, Action>()

/** The conditions of a mutation, if it declared any: `Work.target` asks them, so that they are the ones that `viewerCan` tells. */
export const actionOf = (mutation: string): Action | undefined => byMutation.get(mutation)

/** Declares an act on rows of a type. A module below may add its own acts to a type above it. */
export function action<T>(on: Function, declared: Omit<Action, 'missing'> & { missing(told: T): readonly Problem[] }): void {
  const own = actions.get(on) ?? actions.set(on, []).get(on)!
  own.push(declared as Action)
  byMutation.set(declared.mutation, declared as Action)
  const shape = shapeOf(on).prototype as object
  Reflect.defineMetadata('design:type', Object, shape, declared.mutation)
  Field(() => ActCheck)(shape, declared.mutation)
}

/** Adds what a module below demands of an act that a module above declared; asked when nothing else is missing. */
export function actionAlso<T>(mutation: string, { facts, missing }: { facts: Facts; missing(told: T): readonly Problem[] }): void {
  const known = byMutation.get(mutation)
  if (!known) throw new Error(`${mutation} is declared by no module above`)
  const first = known.missing.bind(known)
  const all = (told: Record<string, never>) => {
    const found = first(told)
    return found.length > 0 ? found : missing(told as T)
  }
  Object.assign(known, { facts: { ...known.facts, ...facts }, missing: all })
}

function shapeOf(on: Function): Function {
  const known = shapes.get(on)
  if (known) return known
  const shape = class {}
  ObjectType(`${on.name}Acts`, { description: `Whether you may do each act on this ${on.name} now (可否办理).`, simpleResolvers: true })(shape)
  markStructural(`${on.name}Acts`)
  shapes.set(on, shape)
  return shape
}

/** `viewerCan` and `nextActions` of a type: what a portal draws its buttons from. */
export function actionFields(on: Function): FieldDeclaration[] {
  // Asked when a plan is made: by then the modules below have added their acts.
  const all = () => actions.get(on) ?? []
  const needs = { facts: () => Object.assign({}, ...all().map(({ facts }) => facts)) as Facts, acts: () => all().map(({ mutation }) => mutation) }
  return [
    computed(on, 'viewerCan', () => shapeOf(on), 'Which acts you may do on it now, and why not (可否办理).', {
      ...needs,
      of: (_row, about) => Object.fromEntries(all().map((one) => [one.mutation, checked(one, about)])),
    }),
    computed(on, 'nextActions', () => [NextAction], 'Steps that its state allows, with what is missing for each (下一步).', {
      ...needs,
      of: (_row, about) =>
        all()
          .filter((one) => !one.missing(about.told as never).some(({ code }) => code === 'ILLEGAL_TRANSITION' || code === 'LOCKED'))
          .map((one) => {
            const { allowed, reasons } = checked(one, about)
            return { action: one.mutation, allowed, missing: reasons }
          }),
    }),
  ]
}

function checked({ mutation, missing }: Action, { told, may, facts: { language }, whoMay }: About): ActCheck {
  if (!may[mutation]) {
    const who = describe(whoMay(mutation))
    // Nothing else is told: what is missing may rest on rows that only those with the right see.
    return { allowed: false, reasons: [{ code: 'FORBIDDEN', message: language === 'zh' ? `可办理者：${who.zh}。` : `This is for: ${who.en}.` }] }
  }
  const reasons = missing(told as never).map((problem) => ({ code: problem.code, message: problem.in(language).message }))
  return { allowed: reasons.length === 0, reasons }
}
