import FindMyWay, { type HTTPMethod } from 'find-my-way'
import { describe, expect, it } from 'vitest'
import { operations } from './generated/operations.ts'
import { prefixes, routesOf, templates } from './routes.ts'

const all = Object.values(operations)
const router = FindMyWay({ ignoreTrailingSlash: true })
for (const { methods, path, operationId } of routesOf(all)) {
  router.on(methods as HTTPMethod[], path, () => undefined, operationId)
}

const reached = (method: string, path: string): unknown =>
  router.find(method as HTTPMethod, path)?.store

describe('routesOf', () => {
  it('reaches every documented operation by each of its methods and paths', () => {
    for (const operation of all) {
      for (const template of templates(operation)) {
        const path = template.replace(/\{[^}]+\}/g, '77')
        for (const prefix of prefixes) {
          for (const method of operation.methods) {
            for (const slash of ['', '/']) {
              const whole = prefix + path.replace(/\/$/, '') + slash
              expect([method, whole, reached(method, whole)]).toEqual([method, whole, operation.id])
            }
          }
        }
      }
    }
  })

  it.each([
    ['/api/1/metadata', 'metadata'],
    ['/api/1/metadata//a/b', 'metadata'],
    ['/api/0/links/metadata/hash', 'linksMetadata'],
    ['/api/1/company//users', 'companyUsers'],
    ['/api/1/trash/from_shared/', 'trashFromShared'],
  ])('%s without its last or an inner parameter is %s', (path, id) => {
    expect(reached('GET', path)).toBe(id)
    expect(reached('HEAD', path)).toBe(id)
  })
})
