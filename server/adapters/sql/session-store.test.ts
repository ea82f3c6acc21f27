import { sessionStoreSuite } from '../../core/suites/session-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => sessionStoreSuite(kind, openTestStore))
