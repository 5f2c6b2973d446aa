import { AtInstant, Link, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'

@Record('Attachment', 'att', 'A file as evidence of a task (佐证材料). Its bytes lie apart and never change; a withdrawn one keeps its row.')
export class Attachment extends RecordBase {
  @Link(() => Task, 'The task that it belongs to (督查事项).') task!: Task
  @Link(() => Assignment, "The track of which it is evidence; null where it belongs to the task as a whole (承办).", { nullable: true }) assignment?: Assignment | null
  @Text('Name of the file, with its extension (文件名).') fileName!: string
  @Text('Media type, one of the accepted ones, proven by the content (媒体类型).') mediaType!: string
  @Whole('Size in bytes (字节数).') size!: number
  @Text('SHA-256 of the content, 64 hexadecimal digits (内容哈希).') sha256!: string
  @Link(() => Person, 'Who uploaded it; null for a service token (上传人).', { nullable: true }) uploadedBy?: Person | null
  @Link(() => Unit, 'Unit in whose name it was uploaded (上传单位).') unit!: Unit
  @Text('What it shows (说明).', { nullable: true }) note?: string | null
  @AtInstant('When it was withdrawn: its content is no longer given out (撤回时间).', { nullable: true }) withdrawnAt?: Date | null
}
