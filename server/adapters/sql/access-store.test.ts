import { accessStoreSuite } from '../../core/suites/access-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => accessStoreSuite(kind, openTestStore))
