import { transferStoresSuite } from '../../core/suites/transfer-stores.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => transferStoresSuite(kind, openTestStore))
