import { valueStoreSuite } from '../../core/suites/value-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => valueStoreSuite(kind, openTestStore))
