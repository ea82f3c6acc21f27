import { tenantStoreSuite } from '../../core/suites/tenant-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => tenantStoreSuite(kind, openTestStore))
