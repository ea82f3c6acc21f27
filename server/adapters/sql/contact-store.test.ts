import { contactStoreSuite } from '../../core/suites/contact-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => contactStoreSuite(kind, openTestStore))
