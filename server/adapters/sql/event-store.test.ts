import { eventStoreSuite } from '../../core/suites/event-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => eventStoreSuite(kind, openTestStore))
