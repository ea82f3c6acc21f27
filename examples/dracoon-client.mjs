// What the walk through the DRACOON API is made of: calls, uploads, downloads. All of them take any
// other status than the expected one for a surprise, and throw it.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

export const say = (text) => console.log(`- ${text}`)
export const md5 = (bytes) => createHash('md5').update(bytes).digest('hex')

export function expect(isSo, what) {
  if (!isSo) throw new Error(what)
}

/** fetch that takes any other status than the expected one for a surprise. */
export async function request(address, expected, init) {
  const response = await fetch(address, init)
  if (response.status === expected) return response
  const { pathname } = new URL(address)
  const text = await response.text()
  throw new Error(`${init?.method ?? 'GET'} ${pathname}: ${response.status} ${text}`)
}

/** One call of the API; the answer is JSON, or nothing. */
async function call(url, token, method, path, expected, body, headers = {}) {
  const response = await request(new URL(`/api/v4${path}`, url), expected, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

/** Somebody without an account, as a function that calls. */
export const stranger =
  (url) =>
  (...rest) =>
    call(url, undefined, ...rest)

/** Somebody who is signed in, as a function that calls. */
export async function signIn(url, username, password) {
  const fields = { grant_type: 'password', username, password }
  const answer = await request(new URL('/oauth/token', url), 200, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('dracoon_legacy_scripting:')}` },
    body: new URLSearchParams(fields),
  })
  const { access_token: token } = await answer.json()
  return (...rest) => call(url, token, ...rest)
}

/** An upload in chunks, to the address that was given for it. Gives the file. */
export async function upload(as, parentId, name, chunks, completion = {}) {
  const bytes = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)))
  const wanted = { parentId, name, size: bytes.length }
  const { uploadUrl } = await as('POST', '/nodes/files/uploads', 201, wanted)
  let at = 0
  for (const chunk of chunks) {
    const end = at + chunk.length
    const sent = await request(uploadUrl, 201, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${at}-${end - 1}/${bytes.length}`,
      },
      body: chunk,
    })
    const { hash, size } = await sent.json()
    expect(size === chunk.length && hash === md5(chunk), 'a chunk arrived as something else')
    at = end
  }
  const completed = await request(uploadUrl, 201, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(completion),
  })
  const file = await completed.json()
  expect(file.size === bytes.length && file.hash === md5(bytes), `${name} is something else`)
  return file
}

/** The bytes of a file, or a range of them. */
export async function download(as, id, range) {
  const { downloadUrl } = await as('POST', `/nodes/files/${id}/downloads`, 200)
  const init = range ? { headers: { Range: `bytes=${range}` } } : {}
  return (await request(downloadUrl, range ? 206 : 200, init)).bytes()
}

export async function textOf(as, id, range) {
  return Buffer.from(await download(as, id, range)).toString()
}

/** The file of an upload that the server completes by itself. */
export async function whenDone(as, path) {
  for (let round = 0; round < 300; round++) {
    const { status, node, errorDetails } = await as('GET', path, 200)
    expect(status !== 'error', `the upload failed: ${JSON.stringify(errorDetails)}`)
    if (status === 'done') return node
    await sleep(100)
  }
  throw new Error('the upload is not done after half a minute')
}
