import { getNullableType, isListType, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import { isWritten } from './aggregate.js'
import { isStructural, PageInfo } from './fields.js'
import { actKey, factKey, openKey } from './plan.js'
import { modelTypeOf, type Reads } from './read.js'
import type { Model } from './model.js'
import { rootSpec } from './roots.js'

export interface WithReads {
  reads: Reads
}

type Source = Record<string, unknown>
type Resolver = GraphQLFieldResolver<Source, WithReads>

const isHidden = (value: unknown): boolean => typeof value === 'object' && value !== null && '~' in value

// The plan laid each value under its response key, so that one field asked twice with other arguments stays two values.
const planned: Resolver = (source, _args, { reads }, info) => {
  const value = source[info.path.key]
  return isHidden(value) ? reads.hide(info) : value
}

// A page that was put together by hand tells where it stands under the names of the fields.
const laid: Resolver = (source, _args, _context, info) => source[source instanceof PageInfo ? info.fieldName : info.path.key]

/** Gives every planned field its resolver: all are synchronous but the roots and the objects of a payload. */
export function installResolvers(schema: GraphQLSchema, model: Model): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    const of = model.types.get(type.name)
    for (const field of Object.values(type.getFields())) {
      if (type === schema.getQueryType()) {
        if (rootSpec(field.name)) field.resolve = ((_source, _args, { reads }, info) => reads.root(info)) as Resolver as never
        continue
      }
      if (of) {
        const spec = of.specs.get(field.name)
        if (spec?.kind === 'computed') {
          field.resolve = ((source, _args, { reads }, info) => {
            if (source[openKey(field.name)] === false) return reads.hide(info)
            const row = Object.fromEntries(spec.needs.map((need) => [need, source[`~${need}`]]))
            if (Object.values(row).some(isHidden)) return reads.hide(info)
            const told = Object.fromEntries(Object.keys(spec.facts()).map((fact) => [fact, source[factKey(fact)]]))
            const may = Object.fromEntries(spec.acts().map((act) => [act, source[actKey(act)] === true]))
            return spec.of(row, { viewer: reads.viewer, facts: reads.facts, told, may, whoMay: (act) => reads.engine.policy.act(act).when })
          }) as Resolver as never
        } else if (spec?.kind === 'value' && spec.fenced) {
          field.resolve = ((source, args, context, info) => {
            const value = planned(source, args, context, info)
            if (value !== null) context.reads.noteSensitive(`${type.name}.${field.name}`, source['~id'] as string)
            return value
          }) as Resolver as never
        } else field.resolve = planned as never
      } else if (isWritten(type.name)) {
        field.resolve = planned as never
      } else if (type.name.endsWith('Connection') || type.name.endsWith('Groups') || type.name.endsWith('Edge') || type.name === 'PageInfo') {
        field.resolve = laid as never
      } else if (isStructural(type.name) && modelTypeOf(model, { returnType: field.type })) {
        // Payloads carry ids; the object is read with what was selected of it, after the commit.
        const isList = isListType(getNullableType(field.type))
        field.resolve = ((source, _args, { reads }, info) => {
          const ids = source[field.name]
          const target = modelTypeOf(model, info)!
          if (ids === null || ids === undefined) return null
          return isList ? reads.byIds(info, (ids as string[]).map((id) => ({ id, type: target }))) : reads.acted(info, target, ids as string)
        }) as Resolver as never
      }
    }
  }
}
