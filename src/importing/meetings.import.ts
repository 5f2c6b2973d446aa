import { isWithin } from '../kernel/index.js'
import { Meeting, meetingLifecycle, type MeetingStatus } from '../modules/conferences/index.js'
import { choice, column, day, text, whole } from './columns.js'
import { say } from './fault.js'
import { conferencesByCode } from './references.js'
import { resolve, spec } from './spec.js'
import { indexed, load, Plan, table } from './stored.js'
import { meetingStatuses } from './terms.js'

const meetings = table(Meeting, { conference: 'link', number: 'whole', heldOn: 'day', title: 'text', minutes: 'text', status: 'text' })

/** Meetings of joint conferences, each found by its conference and number. */
export const meetingImport = spec({
  columns: {
    conference: column(text(40), '联席会议 会议编号', { required: true }),
    number: column(whole(1, 9999), '第几次 次数', { required: true }),
    heldOn: column(day, '会议日期 召开日期', { required: true }),
    title: column(text(), '议题 会议名称', { required: true }),
    minutes: column(text(20_000), '纪要 会议纪要'),
    status: column(choice(meetingStatuses), '会议状态 状态', { required: true }),
  },
  key: ['conference', 'number'],
  async plan(sheet, { run, today }) {
    const conferences = await conferencesByCode(run, sheet.rows.map(({ values }) => values.conference))
    const stored = indexed(await load(run, meetings, 'conference_id = any($1::text[])', [[...conferences.values()].map(({ id }) => id)]), ({ conference, number }) => `${conference} ${number}`)
    const beforeOf = ({ values }: (typeof sheet.rows)[number]) => stored.get(`${conferences.get(values.conference)?.id} ${values.number}`)
    for (const row of sheet.good()) {
      const { heldOn, minutes, status, ...values } = row.values
      const conference = resolve(row, 'conference', values.conference, conferences, { en: 'joint conference', zh: '联席会议' })
      const before = beforeOf(row)
      if (conference && !isWithin(heldOn, conference.foundedOn, conference.endedOn)) row.refuse('heldOn', say('The conference does not exist on that day.', '该联席会议在该日不存在。'))
      if (before && before.status !== status) row.meets('status', (name) => meetingLifecycle.check(before.status as MeetingStatus, status, name))
      if (status === 'HELD' && heldOn > today) row.refuse('heldOn', say('A meeting that was held does not lie in the future.', '已召开的会议日期不得晚于今天。'))
      if (status === 'PLANNED' && heldOn < today && before?.heldOn !== heldOn) row.refuse('heldOn', say('A meeting cannot be planned for a past day.', '拟召开日期不得早于今天。'), say('Say whether it was held or cancelled.', '请填写已召开或取消。'))
      if (status !== 'HELD' && minutes) row.refuse('minutes', say('Only a meeting that was held has minutes.', '仅已召开的会议有纪要。'))
    }
    sheet.settle()
    const plan = new Plan(meetings)
    for (const row of sheet.good()) plan.put(row, beforeOf(row), { ...row.values, conference: conferences.get(row.values.conference)!.id })
    return { main: plan, plans: [plan] }
  },
})
