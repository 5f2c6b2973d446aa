import { activity } from './activity/index.js'
import { agencies } from './agencies/index.js'
import { appraisal } from './appraisal/index.js'
import { audit } from './audit/index.js'
import { calendar } from './calendar/index.js'
import { capability } from './capability/index.js'
import { conferences } from './conferences/index.js'
import { divisions } from './divisions/index.js'
import { evidence } from './evidence/index.js'
import { funding } from './funding/index.js'
import { initiatives } from './initiatives/index.js'
import { pay } from './pay/index.js'
import { people } from './people/index.js'
import { periods } from './periods/index.js'
import { posts } from './posts/index.js'
import { procurement } from './procurement/index.js'
import { progress } from './progress/index.js'
import { reminders } from './reminders/index.js'
import { services } from './services/index.js'
import { supervision } from './supervision/index.js'
import { tasks } from './tasks/index.js'
import { units } from './units/index.js'
import { volunteers } from './volunteers/index.js'

/** Load order = dependency order = chapter order of the documentation: a module imports only those above it. */
export const modules = [
  divisions,
  units,
  people,
  calendar,
  supervision,
  initiatives,
  tasks,
  progress,
  conferences,
  evidence,
  reminders,
  appraisal,
  periods,
  posts,
  services,
  volunteers,
  funding,
  procurement,
  pay,
  agencies,
  capability,
  activity,
  audit,
]
