import { userStoreSuite } from '../../core/suites/user-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => userStoreSuite(kind, openTestStore))
