import { shareStoresSuite } from '../../core/suites/share-stores.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => shareStoresSuite(kind, openTestStore))
