import { feedbackStoreSuite } from '../../core/suites/feedback-store.suite.ts'
import { forEachEngine } from './each-engine.suite.ts'

await forEachEngine((kind, openTestStore) => feedbackStoreSuite(kind, openTestStore))
