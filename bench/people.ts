import type { httpClient } from './load.ts'
import { benchPassword } from './server-process.ts'

export type Client = ReturnType<typeof httpClient>

/** The administrator through two faces, with his home in both. */
export type BenchSession = {
  readonly bearer: Readonly<Record<string, string>>
  readonly cookieHeaders: Readonly<Record<string, string>>
  readonly homeId: number
  readonly hubId: string
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }

export async function signIn(client: Client, url: string): Promise<BenchSession> {
  const basic = Buffer.from('dracoon_legacy_scripting:').toString('base64')
  const token = await client.send({
    method: 'POST',
    url: `${url}/oauth/token`,
    headers: { ...form, authorization: `Basic ${basic}` },
    body: `grant_type=password&username=admin&password=${benchPassword}`,
  })
  const { access_token } = JSON.parse(token.body.toString()) as { access_token: string }
  const bearer = { authorization: `Bearer ${access_token}` }
  const account = await client.send({
    method: 'GET',
    url: `${url}/api/v4/user/account`,
    headers: bearer,
  })
  const { homeRoomId } = JSON.parse(account.body.toString()) as { homeRoomId: number }
  const login = await client.send({
    method: 'POST',
    url: `${url}/-/svc/yp.login`,
    headers: json,
    body: JSON.stringify({ vars: { ident: 'admin', password: benchPassword } }),
  })
  const regsid = String(login.headers['set-cookie']?.[0] ?? '').replace(/^regsid=([^;]*).*$/, '$1')
  const { data } = JSON.parse(login.body.toString()) as { data: { user: { id: string } } }
  return {
    bearer,
    cookieHeaders: { 'x-param-regsid': regsid },
    homeId: homeRoomId,
    hubId: data.user.id,
  }
}

/** A new folder in the home, so that measurements do not share a folder. */
export async function makeFolder(
  client: Client,
  url: string,
  session: BenchSession,
  name: string,
): Promise<number> {
  const made = await client.send({
    method: 'POST',
    url: `${url}/api/v4/nodes/folders`,
    headers: { ...session.bearer, ...json },
    body: JSON.stringify({ parentId: session.homeId, name }),
  })
  return (JSON.parse(made.body.toString()) as { id: number }).id
}

/** DRACOON's three calls: announce, send, complete. Answers the new node's id. */
export async function uploadInThreeCalls(
  client: Client,
  url: string,
  session: BenchSession,
  parentId: number,
  name: string,
  bytes: Uint8Array,
): Promise<number> {
  const opened = await client.send({
    method: 'POST',
    url: `${url}/api/v4/nodes/files/uploads`,
    headers: { ...session.bearer, ...json },
    body: JSON.stringify({ parentId, name, size: bytes.length }),
  })
  const { uploadUrl } = JSON.parse(opened.body.toString()) as { uploadUrl: string }
  await client.send({
    method: 'POST',
    url: uploadUrl,
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  const done = await client.send({ method: 'PUT', url: uploadUrl, headers: json, body: '{}' })
  return (JSON.parse(done.body.toString()) as { id: number }).id
}

/** Drumee's one call. */
export async function uploadInOneCall(
  client: Client,
  url: string,
  session: BenchSession,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const facts = { filename: encodeURI(name), filesize: bytes.length, hub_id: session.hubId }
  await client.send({
    method: 'POST',
    url: `${url}/-/svc/media.upload`,
    headers: {
      ...session.cookieHeaders,
      'content-type': 'application/octet-stream',
      'x-param-xia-data': encodeURI(JSON.stringify(facts)),
    },
    body: bytes,
  })
}
