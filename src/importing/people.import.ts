import { Account, checkNationalId, Person, PersonContact, PersonPrivate } from '../modules/people/index.js'
import { choice, column, day, flag, list, parts, period, text } from './columns.js'
import { say } from './fault.js'
import { appointments, type Post, postsOf, type PostColumns } from './people.posts.js'
import { unitsByCode } from './references.js'
import { identify, resolve, spec } from './spec.js'
import { grouped, indexed, load, Plan, table } from './stored.js'
import { roles } from './terms.js'

const people = table(Person, { code: 'text', name: 'text', title: 'text', officePhone: 'text' })
const contacts = table(PersonContact, { person: 'link', mobile: 'text' })
const identities = table(PersonPrivate, { person: 'link', nationalId: 'text', birthDate: 'day', partyMember: 'flag' })
const accounts = table(Account, { issuer: 'text', subject: 'text', person: 'link' })

const role = choice(roles)

const otherPost = (cell: string): Post => {
  const [unit, roleText, dates] = parts(cell, 3, say('330000-FINANCE CLERK 2020-01-01..2024-01-01', '330000-FINANCE 经办 2020-01-01..2024-01-01')) as [string, string, string]
  return { unit: text(60)(unit), role: role(roleText), isMain: false, ...period(dates) }
}

const mobileShape = { shape: /^1\d{10}$/, said: say('A mobile number has 11 digits and begins with 1.', '手机号须为 1 开头的 11 位数字。') }

const identityRemedy = say('Correct it. Excel keeps only 15 digits of a number: format the column as text before you enter it.', '请更正。Excel 的数字只保留 15 位，录入前请将该列设为文本格式。')

/** People with contact and identity data, accounts and appointments. Whoever imports them gives rights: it is an operator's act. */
export const personImport = spec({
  columns: {
    code: column(text(40), '人员编号 编号 工号', { required: true }),
    name: column(text(80), '姓名', { required: true }),
    title: column(text(80), '职务'),
    officePhone: column(text(40), '办公电话'),
    mobile: column(text(11, mobileShape), '手机 手机号 手机号码', { personal: true }),
    nationalId: column((cell) => text(18)(cell.toUpperCase()), '身份证号 身份证号码 公民身份号码', { personal: true }),
    birthDate: column(day, '出生日期', { personal: true }),
    partyMember: column(flag, '中共党员 是否党员 党员', { personal: true }),
    login: column(text(100), '登录账号 账号'),
    unit: column(text(60), '所在单位 单位 单位代码'),
    roles: column(list(role), '角色'),
    from: column(day, '起始日期 任职日期'),
    to: column(day, '终止日期 离任日期'),
    otherAppointments: column(list(otherPost), '其他任职 兼任'),
  },
  key: ['code'],
  async plan(sheet, { run, accountIssuer }) {
    const stored = await identify(run, sheet, people, 'code')
    const storedIds = [...stored.values()].map(({ id }) => id)
    const units = await unitsByCode(run, sheet.rows.flatMap(({ values }) => [values.unit, ...(values.otherAppointments ?? []).map(({ unit }) => unit)]))
    const held = grouped(await load(run, appointments, 'person_id = any($1::text[])', [storedIds]), ({ person }) => person!)
    const contactOf = indexed(await load(run, contacts, 'person_id = any($1::text[])', [storedIds]), ({ person }) => person!)
    const identityOf = indexed(await load(run, identities, 'person_id = any($1::text[])', [storedIds]), ({ person }) => person!)
    const logins = sheet.rows.map(({ values }) => values.login).filter(Boolean)
    const accountOf = indexed(await load(run, accounts, 'issuer = $1 and subject = any($2::text[])', [accountIssuer ?? '', logins]), ({ subject }) => subject!)
    const owners = new Map([...accountOf].map(([subject, { person }]) => [subject, person!]))

    const posts = new Map(
      sheet.good().map((row) => {
        const { values } = row
        if (values.nationalId) row.meets('nationalId', (name) => checkNationalId(values.nationalId!, name), identityRemedy)
        if (values.login) {
          if (!accountIssuer) row.refuse('login', say('Nobody said which sign-in service the login belongs to.', '未指定登录账号所属的身份提供方。'), say('Give its address with --issuer, or delete the column.', '请用 --issuer 指定地址，或删除该列。'))
          if ((owners.get(values.login) ?? row.id) !== row.id) row.refuse('login', say('The login belongs to another person.', '该账号已属于其他人员。'))
          owners.set(values.login, row.id)
        }
        if (!values.unit && !stored.has(values.code)) row.refuse('unit', say('A new person needs a unit.', '新增人员须填写所在单位。'), say('Fill in unit and from.', '请填写所在单位和起始日期。'))
        for (const { unit } of values.otherAppointments ?? []) resolve(row, 'otherAppointments', unit, units, { en: 'unit', zh: '单位' })
        resolve(row, 'unit', values.unit, units, { en: 'unit', zh: '单位' })
        return [row, row.isGood ? postsOf(row as never, values as PostColumns, units, held.get(row.id) ?? []) : []] as const
      }),
    )
    sheet.settle()

    const main = new Plan(people)
    const contactPlan = new Plan(contacts, main)
    const identityPlan = new Plan(identities, main)
    const accountPlan = new Plan(accounts)
    const postPlan = new Plan(appointments)
    for (const row of sheet.good()) {
      const { values, id } = row
      const { code, name, title, officePhone, mobile, nationalId, birthDate, partyMember, login } = values
      main.put(row, stored.get(code), { code, name, title, officePhone }, id)
      if (mobile || (mobile === null && contactOf.has(id))) contactPlan.put(row, contactOf.get(id), { person: id, mobile })
      const isKept = identityOf.has(id)
      if (nationalId || birthDate || typeof partyMember === 'boolean' || isKept) identityPlan.put(row, identityOf.get(id), { person: id, nationalId, birthDate, partyMember })
      if (login) accountPlan.put(row, accountOf.get(login), { issuer: accountIssuer!, subject: login, person: id })
      for (const { before, ...post } of posts.get(row)!) postPlan.put(row, before, { person: id, ...post })
    }
    return { main, plans: [main, contactPlan, identityPlan, accountPlan, postPlan] }
  },
})
