import { profileStoreSuite } from '../../core/suites/profile-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => profileStoreSuite(kind, openTestStore))
