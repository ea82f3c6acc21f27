import { texterSuite } from '../../core/suites/texter.suite.ts'
import { memoryTexter } from './memory.ts'

texterSuite('memoryTexter', async () => {
  const texter = memoryTexter()
  return { texter, arrived: () => texter.sent, stop: async () => undefined }
})
