import { describe, expect, it } from 'vitest'
import { canonicalPath, serviceName } from './service-name.ts'

describe('serviceName', () => {
  it.each([
    ['/-/svc/media.upload', 'media.upload'],
    ['/_/svc/media.upload', 'media.upload'],
    ['/-/service/media.upload', 'media.upload'],
    ['/-/api/media.upload', 'media.upload'],
    ['/-/main/svc/media.upload', 'media.upload'],
    ['/-/a/b/service/media.upload', 'media.upload'],
    ['/-/svc/media.upload&x=1', 'media.upload'],
    ['/-/svc/', ''],
    ['/-/svc', undefined],
    ['/-/media.upload', undefined],
    ['/-/svc/media.upload/x', undefined],
    ['/x/svc/media.upload', undefined],
    ['/-svc/media.upload', undefined],
  ])('%s', (path, name) => {
    expect(serviceName(path)).toBe(name)
    expect(canonicalPath(path)).toBe(name === undefined ? path : `/-/svc/${name}`)
  })

  it('takes no time over a long path', () => {
    const started = performance.now()
    serviceName(`/-/${'svc/'.repeat(20_000)}x`)
    serviceName(`/-/svc/${'a'.repeat(60_000)}/x`)
    expect(performance.now() - started).toBeLessThan(200)
  })
})
