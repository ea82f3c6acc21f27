import { previewStoreSuite } from '../../core/suites/preview-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => previewStoreSuite(kind, openTestStore))
