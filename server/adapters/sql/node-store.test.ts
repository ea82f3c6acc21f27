import { nodeStoreSuite } from '../../core/suites/node-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => nodeStoreSuite(kind, openTestStore))
