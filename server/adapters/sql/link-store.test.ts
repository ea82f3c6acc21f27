import { linkStoreSuite } from '../../core/suites/link-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => linkStoreSuite(kind, openTestStore))
