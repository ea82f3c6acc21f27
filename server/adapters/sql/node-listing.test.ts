import { nodeListingSuite } from '../../core/suites/node-listing.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => nodeListingSuite(kind, openTestStore))
