import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { Problem } from '../../kernel/index.js'
import { zipNames } from './zip-names.js'

interface Accepted {
  extensions: readonly string[]
  isIt(bytes: Buffer): boolean
}

const begins = (...head: number[]) => (bytes: Buffer) => bytes.subarray(0, head.length).equals(Buffer.from(head))

// A macro or a program inside a document is run by whoever opens it.
const runs = /(^|\/)(vbaProject\.bin|vbaData\.xml)$|(^|\/)activeX\/|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|msi|lnk)$/i
const archiveWith = (...parts: string[]) => (bytes: Buffer) => {
  const names = zipNames(bytes)
  return names !== undefined && parts.every((part) => names.includes(part)) && !names.some((name) => runs.test(name))
}

const controls = /[\0-\x08\x0b\x0e-\x1f\x7f]/
// What a browser would show as a page although it is called a text.
const page = /<(!doctype|html|svg|script|iframe|body|head)\b/i

/** UTF-8 or GB 18030 without control characters, no page and no script of a shell. */
function isText(bytes: Buffer): boolean {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'gb18030')
  const isBroken = !isUtf8(bytes) && text.includes('�')
  return !isBroken && !controls.test(text) && !/^\s*<|^#!/.test(text) && !page.test(text.slice(0, 4_096))
}

/** The types that are taken, each with the extensions that its files may have and the proof that its content is of it. */
const accepted: Readonly<Record<string, Accepted>> = {
  'application/pdf': { extensions: ['pdf'], isIt: begins(0x25, 0x50, 0x44, 0x46, 0x2d) },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { extensions: ['docx'], isIt: archiveWith('[Content_Types].xml', 'word/document.xml') },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { extensions: ['xlsx'], isIt: archiveWith('[Content_Types].xml', 'xl/workbook.xml') },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { extensions: ['pptx'], isIt: archiveWith('[Content_Types].xml', 'ppt/presentation.xml') },
  'application/ofd': { extensions: ['ofd'], isIt: archiveWith('OFD.xml') },
  'image/png': { extensions: ['png'], isIt: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  'image/jpeg': { extensions: ['jpg', 'jpeg'], isIt: begins(0xff, 0xd8, 0xff) },
  'text/csv': { extensions: ['csv'], isIt: isText },
  'text/plain': { extensions: ['txt'], isIt: isText },
}

const names = 'PDF, DOCX, XLSX, PPTX, OFD, PNG, JPEG, CSV, TXT'
const refused = (field: string, en: string, zh: string) =>
  new Problem('UNSUPPORTED_TYPE', field, { en: `${en} Accepted are ${names}, without macros and embedded programs.`, zh: `${zh}可接受 ${names}，且不得含宏或嵌入程序。` })

/** What is wrong with a file's type; undefined where name, stated type and content agree on an accepted one. */
export function typeFault({ mediaType, fileName }: { mediaType: string; fileName: string }, bytes: Buffer): Problem | undefined {
  const type = Object.hasOwn(accepted, mediaType) ? accepted[mediaType] : undefined
  if (!type) return refused('input.mediaType', 'Files of this type are not taken.', '不接受此类文件。')
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  // Whoever opens a saved file opens it by its extension, whatever its type was called.
  if (!type.extensions.includes(extension)) return refused('input.fileName', `A file of type ${mediaType} is called .${type.extensions.join(' or .')}.`, `${mediaType} 类文件的扩展名应为 .${type.extensions.join('、.')}。`)
  if (!type.isIt(bytes)) return refused('input.content', `The content is not what ${mediaType} says.`, `文件内容与 ${mediaType} 不符。`)
  return undefined
}
