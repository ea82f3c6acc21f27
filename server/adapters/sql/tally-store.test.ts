import { tallyStoreSuite } from '../../core/suites/tally-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => tallyStoreSuite(kind, openTestStore))
