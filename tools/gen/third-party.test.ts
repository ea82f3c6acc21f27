import { expect, test } from 'vitest'
import { thirdPartyJson, thirdPartyOf } from './third-party.ts'

test('what is for development alone is not told, and nothing twice', () => {
  const lock = JSON.stringify({
    packages: {
      '': { version: '0.1.0', license: 'Apache-2.0' },
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/@scope/a': { version: '1.0.0', license: 'ISC' },
      'node_modules/b/node_modules/@scope/a': { version: '1.0.0', license: 'ISC' },
      'node_modules/b/node_modules/c': { version: '3.0.0' },
      'node_modules/d': { version: '4.0.0', license: 'MIT', dev: true },
    },
  })
  expect(thirdPartyOf(lock)).toEqual([
    { name: '@scope/a', version: '1.0.0', license: 'ISC' },
    { name: 'b', version: '2.0.0', license: 'MIT' },
    { name: 'c', version: '3.0.0', license: '' },
  ])
  expect(JSON.parse(thirdPartyJson(lock))).toHaveLength(3)
})
