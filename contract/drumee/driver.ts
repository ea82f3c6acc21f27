import { operations, schemas } from '../../server/faces/drumee/generated/operations.ts'
import { nodeCode } from '../../server/faces/drumee/ids.ts'
import type { FaceDriver } from '../face-driver.ts'

/** Drumee: the session that the login's cookie holds, sent in the header x-param-regsid. */
export const drumee: FaceDriver = {
  name: 'drumee',
  prefix: '',
  operations,
  schemas,
  coerceBody: true,
  async signIn(url, login, password) {
    const response = await fetch(`${url}/-/svc/yp.login`, {
      method: 'POST',
      body: JSON.stringify({ vars: { ident: login, password } }),
    })
    const sid = /^regsid=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
    if (sid === undefined) throw new Error(`${login} cannot sign in: ${await response.text()}`)
    return { 'x-param-regsid': sid }
  },
  async idOf(_app, _tenantId, nodeId) {
    return nodeCode(nodeId)
  },
  // A top room stands as a hub on everybody's desk, under its name.
  pathOf: (roomName, path) => `/${roomName}${path === '/' ? '' : path}`,
  codeOf: (body) => (body as { error?: string } | undefined)?.error,
}
