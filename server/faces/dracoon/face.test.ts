import { describe, expect, it } from 'vitest'
import type { FaceRequest } from '../operation.ts'
import { dracoonFace } from './face.ts'
import { operations } from './generated/operations.ts'

const face = dracoonFace({ serviceToken: undefined })
const at = (path: string) => ({ path, method: 'GET' }) as Partial<FaceRequest> as FaceRequest

describe('dracoonFace', () => {
  it('has a route for every operation of the document, below its prefix', () => {
    const ids = new Set(face.routes.map((route) => route.operationId))
    for (const id of Object.keys(operations)) expect(ids).toContain(id)
    expect(face.routes.find((one) => one.operationId === 'requestNode')).toEqual({
      operationId: 'requestNode',
      methods: ['GET'],
      path: '/api/v4/nodes/:node_id',
    })
  })

  it('has rows of documented operations and of OAuth only', () => {
    const routes = new Set(face.routes.map((route) => route.operationId))
    for (const id of face.rows.keys()) expect(routes).toContain(id)
    expect(face.rows.size).toBeGreaterThan(25)
  })

  it('asks for a token exactly where the document does', () => {
    for (const row of face.rows.values()) {
      const operation = operations[row.id as keyof typeof operations]
      if (!operation) expect(row.auth, row.id).toBe('none')
      else expect(row.auth === 'user', row.id).toBe(operation.security.length > 0)
    }
  })

  it('has its own form for what is not there', () => {
    expect(face.unimplemented('requestGroups', at('/api/v4/groups'))).toMatchObject({
      status: 501,
      json: {
        code: 501,
        message: 'Not Implemented',
        debugInfo: 'requestGroups is documented but not reached yet',
      },
    })
    expect(face.unknownRoute(at('/api/v4/x'))).toMatchObject({ status: 404, json: { code: 404 } })
    expect(face.wrongMethod(['PUT', 'GET'], at('/api/v4/x'))).toMatchObject({
      status: 405,
      headers: { allow: 'PUT, GET' },
    })
    expect(face.internal(at('/api/v4/x'))).toMatchObject({ status: 500, json: { code: 500 } })
  })
})
