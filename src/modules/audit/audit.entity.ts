import { Property } from '@mikro-orm/decorators/legacy'
import { Field, ID, ObjectType } from 'type-graphql'
import { AtInstant, JournalRecord, Link, Text } from '../../kernel/index.js'
import { Person } from '../people/index.js'

@ObjectType('AuditValue', { description: 'A changed field, before and after (变更前后). Both null for personal, pay and bid fields, for every other field that only some readers of its row may read, and of confidential tasks.', simpleResolvers: true })
export class AuditValue {
  @Field(() => String) name!: string
  @Field(() => String, { nullable: true, description: 'Value before, as JSON.' }) before?: string | null
  @Field(() => String, { nullable: true, description: 'Value after, as JSON.' }) after?: string | null
}

@ObjectType('AuditChange', { description: 'A row that an act changed (变更).', simpleResolvers: true })
export class AuditChange {
  @Field(() => String, { description: 'Type of the row.' }) type!: string
  @Field(() => ID, { description: 'Id of the row.' }) id!: string
  @Field(() => String, { description: 'CREATED, UPDATED or DELETED.' }) kind!: string
  @Field(() => [AuditValue], { description: 'Changed fields (字段).' }) fields!: AuditValue[]
}

@ObjectType('AuditRead', { description: 'Sensitive values that an answer contained (敏感信息读取).', simpleResolvers: true })
export class AuditRead {
  @Field(() => String, { description: 'Field, such as `Person.mobile`; `Person.mobile/filter` where it was searched by.' }) field!: string
  @Field(() => [ID], { description: 'Rows whose value was read.' }) ids!: string[]
}

@JournalRecord('AuditEntry', 'aud', 'Who did or read what, and when (审计记录). Entries form a hash chain and never change.')
export class AuditEntry {
  id!: string
  @Property({ type: 'bigint', unique: true })
  @Field(() => String, { description: 'Number in the chain, without gaps.' })
  seq!: string
  @AtInstant('When (时间).') at!: Date
  @Text('The act: the name of the mutation, `read`, or `import.<type>` (操作).') verb!: string
  @Text('Id of the object that it was about (对象).', { nullable: true }) subjectId?: string | null
  @Property({ type: 'string[]', columnType: 'text[]' }) subjectIds!: string[]
  @Property({ type: 'string[]', columnType: 'text[]' }) unitIds!: string[]
  @Link(() => Person, 'Who, where it was a person (人员).', { nullable: true, index: false }) person?: Person | null
  @Text('Which service token, where it was one (服务令牌).', { nullable: true }) tokenId?: string | null
  @Text('Request id, as in the log (请求编号).') requestId!: string
  @Property({ type: 'json', columnType: 'jsonb' }) body!: object
  @Text('Hash of the entry before (前一条哈希).') previousHash!: string
  @Text('Hash of this entry (哈希).') hash!: string
}
