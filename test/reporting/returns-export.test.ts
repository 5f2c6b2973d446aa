import { describe, expect, it } from '@jest/globals'
import { inflateRawSync } from 'node:zlib'
import { buildPosts } from '../support/build-posts.js'
import { buildReturns } from '../support/build-returns.js'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world)

async function network() {
  const { build } = world
  const { province, office } = await build.network()
  await buildReturns(world).form()
  for (const kind of ['EXPLICIT', 'EXPLICIT', 'DE_FACTO']) await buildPosts(world).post({ unitId: office.id, kind, openedOn: '2020-01-01' })
  const document = await build.document({ number: '=示发〔2024〕1号', issuedOn: '2025-03-01' })
  await build.row('document_issuer', 'diss', { documentId: document.id, unitId: office.id })
  return province
}
const get = (path: string, as = 'coordinator', headers = {}) => door.send({ method: 'GET', path: `/export/${path}`, headers: { authorization: `Bearer ${as}`, ...headers } })

/** Texts of a workbook's parts by name: entries are deflated, and their sizes stand in the directory at the end. */
function parts(file: Buffer): Record<string, string> {
  const found: Record<string, string> = {}
  const end = file.lastIndexOf('PK\x05\x06')
  for (let at = file.readUInt32LE(end + 16), n = file.readUInt16LE(end + 10); n > 0; n--) {
    const [size, nameLength, extra, comment, local] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42)]
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    found[name] = inflateRawSync(file.subarray(begin, begin + size)).toString('utf8')
    at += 46 + nameLength + extra + comment
  }
  return found
}

describe('/export/return', () => {
  it('.csv is every cell a line, and with a table that table as the form prints it', async () => {
    await network()
    const flat = await get('return.csv?division=330000&year=2025')
    expect([flat.status, flat.headers['content-type'], flat.headers['cache-control']]).toEqual([200, 'text/csv; charset=utf-8; header=present', 'no-store'])
    const lines = flat.text.replace(/^\uFEFF/, '').trimEnd().split('\r\n')
    expect(lines.slice(0, 4)).toEqual(['table,title,row,rowLabel,column,head,unit,value,text,previous,change,submittedPrevious', '1,岗位,ONE,示例省,posts,posts,个,2,,2,0,', '1,岗位,ONE,示例省,deFacto,deFacto,个,1,,1,0,', '1,岗位,ONE,示例省,all,合计,个,3,,3,0,'])
    // A text that a spreadsheet would take for a formula is none.
    expect(lines.find((line) => line.includes('示发'))).toContain(`'=示发〔2024〕1号`)
    const one = await get('return.csv?division=330000&year=2025&table=1')
    expect(one.text.replace(/^\uFEFF/, '').trimEnd().split('\r\n')).toEqual(['posts（个）,deFacto（个）,合计（个）,说明', '2,1,3,'])
  })

  it('.xlsx has a sheet for each table with what is wrong with it above the heads, and one of all checks', async () => {
    const province = await network()
    const file = await new Promise<Buffer>((resolve, reject) => {
      fetch(`${door.url}/export/return.xlsx?division=${province.id}&year=2025`, { headers: { authorization: 'Bearer coordinator', 'accept-language': 'zh' } }).then(async (answer) => resolve(Buffer.from(await answer.arrayBuffer())), reject)
    })
    const texts = parts(file)
    expect([...texts['xl/workbook.xml']!.matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)).toEqual(['表1 岗位', '表2 注册', '表3 培训', '表4 文件', '校验'])
    const [sheet, documents] = [texts['xl/worksheets/sheet1.xml']!, texts['xl/worksheets/sheet4.xml']!]
    for (const part of ['表1 岗位（示例省 2025年 截止 2025-12-31）', '【错误】表1：缺少“示例省 说明”的文字材料', 'posts（个）', 'state="frozen"']) expect(sheet).toContain(part)
    expect(documents).toContain('【提示】表4：文号“=示发〔2024〕1号”')
    expect(documents).not.toContain('<f>')
    expect(texts['xl/worksheets/sheet5.xml']).toContain('错误')
  })

  it('tells what is wrong with an address before it begins', async () => {
    await network()
    const asked = async (path: string, as?: string) => { const { status, codes } = await get(path, as); return [status, ...codes] }
    expect(await asked('return.csv?year=2025')).toEqual([400, 'BAD_USER_INPUT'])
    expect(await asked('return.csv?division=330000')).toEqual([400, 'BAD_USER_INPUT'])
    expect(await asked('return.csv?division=330000&year=2025&colour=red')).toEqual([400, 'BAD_USER_INPUT'])
    expect(await asked('return.csv?division=330000&year=2025&table=9')).toEqual([400, 'BAD_USER_INPUT'])
    expect(await asked('return.parquet?division=330000&year=2025')).toEqual([400, 'BAD_USER_INPUT'])
    expect(await asked('return.csv?division=999999&year=2025')).toEqual([404, 'NOT_FOUND'])
    expect(await asked('return.csv?division=330000&year=2018')).toEqual([404, 'NOT_FOUND'])
    expect(await asked('return.csv?division=330000&year=2025&asSubmitted=true')).toEqual([404, 'NOT_FOUND'])
    expect((await door.send({ method: 'GET', path: '/export/return.csv?division=330000&year=2025' })).status).toBe(401)
  })
})
