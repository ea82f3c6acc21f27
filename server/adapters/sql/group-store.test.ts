import { groupStoreSuite } from '../../core/suites/group-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => groupStoreSuite(kind, openTestStore))
