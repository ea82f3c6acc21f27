import { hasherSuite } from '../../core/suites/hasher.suite.ts'
import { inlineHasher } from './inline.ts'

hasherSuite('inlineHasher', inlineHasher)
