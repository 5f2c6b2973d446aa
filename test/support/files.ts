/** Small files of each accepted type, and some that only pretend. */

/** A ZIP archive whose entries are stored as they are; enough for whoever reads its directory. */
export function zipOf(names: readonly string[], content = 'x', { encrypted = false } = {}): Buffer {
  const body = Buffer.from(content)
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const name of names) {
    const path = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt32LE(body.length, 18)
    local.writeUInt32LE(body.length, 22)
    local.writeUInt16LE(path.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(encrypted ? 1 : 0, 8)
    entry.writeUInt32LE(body.length, 20)
    entry.writeUInt32LE(body.length, 24)
    entry.writeUInt16LE(path.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, path, body)
    directory.push(entry, path)
    offset += 30 + path.length + body.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, entries, end])
}

const office = 'application/vnd.openxmlformats-officedocument'
export const docx = `${office}.wordprocessingml.document`
export const xlsx = `${office}.spreadsheetml.sheet`
export const pptx = `${office}.presentationml.presentation`

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
export const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
export const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])

/** Media type, name, content. */
export type File = readonly [type: string, name: string, bytes: Buffer]

export const goodFiles: readonly File[] = [
  ['application/pdf', '进展.pdf', pdf],
  [docx, '报告.docx', zipOf(['[Content_Types].xml', '_rels/.rels', 'word/document.xml'])],
  [xlsx, '台账.xlsx', zipOf(['[Content_Types].xml', 'xl/workbook.xml'])],
  [pptx, '汇报.pptx', zipOf(['ppt/presentation.xml', '[Content_Types].xml'])],
  ['application/ofd', '公文.ofd', zipOf(['OFD.xml', 'Doc_0/Document.xml'])],
  ['image/png', '现场.png', png],
  ['image/jpeg', '现场.JPEG', jpeg],
  ['text/csv', '名单.csv', Buffer.from('﻿单位,人数\r\n示例,3\r\n')],
  ['text/csv', '旧表.csv', Buffer.from([0xb5, 0xa5, 0xce, 0xbb, 0x2c, 0x31, 0x0a])],
  ['text/plain', '说明.txt', Buffer.from('办结，a < b')],
]

/** Each with the field that is at fault. */
export const badFiles: readonly (readonly [what: string, field: string, ...file: File])[] = [
  ['an executable under its own type', 'input.mediaType', 'application/x-msdownload', 'a.exe', Buffer.from('MZ\x90\0')],
  ['an executable called a document', 'input.content', 'application/pdf', 'a.pdf', Buffer.from('MZ\x90\0\x03\0\0\0')],
  ['an ELF program called a text', 'input.content', 'text/plain', 'a.txt', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1')],
  ['a page', 'input.mediaType', 'text/html', 'a.html', Buffer.from('<!doctype html>')],
  ['a page called a text', 'input.content', 'text/plain', 'a.txt', Buffer.from('  \n<p>hi')],
  ['a page further down in a table', 'input.content', 'text/csv', 'a.csv', Buffer.from('a,b\n<Script>alert(1)</script>')],
  ['a drawing that can hold scripts', 'input.mediaType', 'image/svg+xml', 'a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['such a drawing called a picture', 'input.content', 'image/png', 'a.png', Buffer.from('<svg/>')],
  ['a script of a shell', 'input.content', 'text/plain', 'a.txt', Buffer.from('#!/bin/sh\nrm')],
  ['a text in no known encoding', 'input.content', 'text/plain', 'a.txt', Buffer.from([0x61, 0xff, 0xff, 0x62])],
  ['an archive', 'input.mediaType', 'application/zip', 'a.zip', zipOf(['a.txt'])],
  ['an archive called a document', 'input.content', docx, 'a.docx', zipOf(['a.txt'])],
  ['a document with macros', 'input.content', docx, 'a.docx', zipOf(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'])],
  ['a document with a program in it', 'input.content', 'application/ofd', 'a.ofd', zipOf(['OFD.xml', 'Doc_0/Attachs/setup.EXE'])],
  ['an encrypted document', 'input.content', xlsx, 'a.xlsx', zipOf(['[Content_Types].xml', 'xl/workbook.xml'], 'x', { encrypted: true })],
  ['a cut document', 'input.content', xlsx, 'a.xlsx', zipOf(['[Content_Types].xml', 'xl/workbook.xml']).subarray(0, -5)],
  ['a document with a program before it', 'input.content', docx, 'a.docx', Buffer.concat([Buffer.from('MZ'), zipOf(['[Content_Types].xml', 'word/document.xml'])])],
  ['a document with something behind it', 'input.content', docx, 'a.docx', Buffer.concat([zipOf(['[Content_Types].xml', 'word/document.xml']), Buffer.from('<html>')])],
  ['a table called a program', 'input.fileName', 'text/csv', 'a.csv.exe', Buffer.from('a,b')],
  ['a file without extension', 'input.fileName', 'application/pdf', 'pdf', pdf],
  ['a type that is a name of every object', 'input.mediaType', 'constructor', 'a.pdf', pdf],
]
