import { operations, schemas } from '../../server/faces/cloudike/generated/operations.ts'
import type { FaceDriver } from '../face-driver.ts'

export const cloudikeDriver: FaceDriver = {
  name: 'cloudike',
  prefix: '/api/1',
  operations,
  schemas,
  coerceBody: true,
  async signIn(url, login, password) {
    const response = await fetch(`${url}/api/1/accounts/login/`, {
      method: 'POST',
      body: new URLSearchParams({ login, password }),
    })
    const answer = (await response.json()) as { token?: string }
    if (answer.token === undefined) throw new Error(`${login} could not sign in`)
    return { 'mountbit-auth': answer.token }
  },
  async idOf(_app, _tenantId, nodeId) {
    return nodeId
  },
  // A room appears in the root of everybody who may see it, under its name.
  pathOf: (roomName, path) => `/${roomName}${path === '/' ? '' : path}`,
  codeOf(body) {
    const isError = typeof body === 'object' && body !== null && 'code' in body
    return isError ? String(body.code) : undefined
  },
}
