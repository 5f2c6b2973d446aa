import { PayAmount, PayGuidance, PayRecord, PayThreshold } from '../modules/pay/index.js'
import { attributesImport, divisions, documents, link, plain, socialWorkers, units } from './attributes.js'
import { choice, day, whole, yuan } from './columns.js'
import { credentialLevels } from './terms.js'

const required = { required: true }
const division = link(divisions, '地区 区划 区划代码', required)
const basis = link(documents, '依据文件', required)
const level = plain('text', choice(credentialLevels), '等级', required)

export const payImports = {
  'pay-guidances': attributesImport({
    entity: PayGuidance, key: ['division', 'level', 'year'], within: 'division',
    attributes: { division, level, year: plain('whole', whole(2000, 2100), '年度', required), floor: plain('decimal', yuan, '下限', required), comparableMedian: plain('decimal', yuan, '同级专业技术人员中位数', required), basis },
  }),
  'pay-thresholds': attributesImport({
    entity: PayThreshold, key: ['division', 'validFrom'], within: 'division', alone: { alike: ['division'], what: { en: 'The division has another threshold', zh: '期间内该区划已有发布门槛' } },
    attributes: { division, minPersons: plain('whole', whole(3, 1000), '最少人数', required), validFrom: plain('day', day, '起始日期', required), validTo: plain('day', day, '终止日期'), basis },
  }),
  'pay-records': attributesImport({
    entity: PayRecord, key: ['socialWorker', 'unit', 'paidOn'], within: 'socialWorker', apart: { entity: PayAmount, owner: 'record', attributes: ['amount'] },
    attributes: { socialWorker: link(socialWorkers, '人员编号 社会工作者', required), unit: link(units, '发放单位', required), level, paidOn: plain('day', day, '发放日期', required), amount: plain('decimal', yuan, '金额', { required: true, personal: true }) },
  }),
}
