import { keyStoreSuite } from '../../core/suites/key-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => keyStoreSuite(kind, openTestStore))
