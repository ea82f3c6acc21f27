import { mailerSuite } from '../../core/suites/mailer.suite.ts'
import { memoryMailer } from './memory.ts'

mailerSuite('memoryMailer', async () => {
  const mailer = memoryMailer()
  return { mailer, arrived: () => mailer.sent, stop: async () => mailer.close() }
})
