import { blobStoreSuite } from '../../core/suites/blob-store.suite.ts'
import { directTransferSuite } from '../../core/suites/direct-transfer.suite.ts'
import { memoryBlobs } from './memory.ts'

blobStoreSuite('memoryBlobs', async () => ({ store: memoryBlobs() }))
directTransferSuite('memoryBlobs', async () => {
  const { direct, ...store } = memoryBlobs({ direct: true })
  if (!direct) throw new Error('The store was asked for direct transfers')
  return {
    store: { ...store, direct },
    send: async (url, bytes) => store.receive(url, bytes),
    fetch: async (url) => store.answer(url),
  }
})
