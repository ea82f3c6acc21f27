import { operations, schemas } from '../../server/faces/dracoon/generated/operations.ts'
import type { FaceDriver } from '../face-driver.ts'

/** DRACOON: OAuth password grant of the pre-installed scripting client, ids of current versions. */
export const dracoon: FaceDriver = {
  name: 'dracoon',
  prefix: '/api',
  operations,
  schemas,
  coerceBody: false,
  async signIn(url, login, password) {
    const response = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('dracoon_legacy_scripting:').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'password', username: login, password }),
    })
    const body = (await response.json()) as { access_token?: string }
    if (!body.access_token) throw new Error(`${login} cannot sign in: ${JSON.stringify(body)}`)
    return { authorization: `Bearer ${body.access_token}` }
  },
  async idOf(app, tenantId, nodeId) {
    const node = await app.store.read(tenantId, (tx) => tx.nodes.find(nodeId))
    if (!node) throw new Error(`no node ${nodeId}`)
    return node.currentId
  },
  pathOf: (roomName, path) => `/${roomName}${path === '/' ? '' : path}`,
  codeOf: (body) => (body as { errorCode?: number } | undefined)?.errorCode,
}
