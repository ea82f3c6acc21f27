import { previewerSuite } from '../../core/suites/previewer.suite.ts'
import { memoryPreviewer } from './memory.ts'

previewerSuite('memoryPreviewer', async () => {
  const previewer = memoryPreviewer()
  return { previewer, stop: () => previewer.close() }
})
