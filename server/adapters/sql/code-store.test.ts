import { codeStoreSuite } from '../../core/suites/code-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => codeStoreSuite(kind, openTestStore))
