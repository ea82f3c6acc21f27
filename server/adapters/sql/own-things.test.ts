import { ownThingsSuite } from '../../core/suites/own-things.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => ownThingsSuite(kind, openTestStore))
