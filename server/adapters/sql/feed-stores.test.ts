import { feedStoresSuite } from '../../core/suites/feed-stores.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => feedStoresSuite(kind, openTestStore))
