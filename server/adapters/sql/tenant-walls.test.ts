import { tenantWallsSuite } from '../../core/suites/tenant-walls.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => tenantWallsSuite(kind, openTestStore))
