#!/usr/bin/env node
// Walks the Cloudike API with plain fetch and says what it does; ends with 1 on any surprise.
//   npx node examples/cloudike.mjs http://127.0.0.1:8080 login password [login2 password2]
import { createHash } from 'node:crypto'

const [url, login, password, otherLogin, otherPassword] = process.argv.slice(2)
if (!url || !login || !password) {
  console.error('usage: cloudike.mjs URL login password [login2 password2]')
  process.exit(2)
}

const md5 = (text) => createHash('md5').update(text).digest('hex')
const say = (text) => console.log(`- ${text}`)

/** One call; the answer is JSON. Any other status than the expected one ends the program. */
async function call(token, method, path, values = {}, expected = 200) {
  const target = new URL(`/api/1/${path}`, url)
  const init = { method, headers: token ? { 'Mountbit-Auth': token } : {} }
  if (method === 'GET') {
    for (const [name, value] of Object.entries(values)) target.searchParams.set(name, String(value))
  } else {
    init.body = new URLSearchParams(values)
  }
  const response = await fetch(target, init)
  const text = await response.text()
  expect(response.status === expected, `${method} ${path}: ${response.status} ${text}`)
  return text === '' ? {} : JSON.parse(text)
}

function expect(isSo, what) {
  if (isSo) return
  console.error(`unexpected: ${what}`)
  process.exit(1)
}

async function signIn(name, secret) {
  const { token } = await call(undefined, 'POST', 'accounts/login/', {
    login: name,
    password: secret,
  })
  expect(typeof token === 'string', 'no token')
  return token
}

async function send(address, method, body) {
  const response = await fetch(address, { method, body })
  expect(response.ok, `${method} ${address}: ${response.status}`)
}

/** A task's answer, once it is done. */
async function done(token, { taskid }) {
  for (let tries = 0; tries < 100; tries++) {
    const state = await call(token, 'GET', `task/${taskid}/`)
    if (state.progress === 'done') return state
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return expect(false, `the task ${taskid} does not end`)
}

/**
 * Everything that a web socket is told from now on; undefined where Node has none (before 22).
 * Resolves when it is open.
 */
async function listen(token) {
  if (!globalThis.WebSocket) return undefined
  const address = new URL('/subscribe/', url.replace(/^http/, 'ws'))
  address.searchParams.set('token', token)
  const socket = new WebSocket(address)
  const told = []
  socket.addEventListener('message', ({ data }) => told.push(...JSON.parse(data)))
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const hears = async (type) => {
    for (let tries = 0; tries < 100; tries++) {
      if (told.some((one) => one.type === type)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(false, `nothing was told of ${type}`)
  }
  return { hears, close: () => socket.close() }
}

const token = await signIn(login, password)
say(`signed in as ${login}`)

const root = `/example ${Date.now()}`
await call(token, 'POST', 'fileops/folder_create/', { path: `${root}/docs` })
say(`made ${root}/docs`)

const text = 'Hello from an example'
const file = `${root}/docs/hello.txt`
const slot = await call(token, 'POST', 'files/create/', { path: file, size: text.length })
const form = new FormData()
form.set('file', new Blob([text]), 'hello.txt')
await send(slot.url, slot.method, form)
const stored = await (await fetch(slot.confirm_url, { method: 'POST' })).json()
expect(stored.checksum === md5(text), 'the checksum differs')
say(`uploaded ${stored.path}, ${stored.size}`)

const parts = ['one part, ', 'another part']
const big = `${root}/docs/parts.txt`
const wish = { path: big, multipart: true }
const inParts = await call(token, 'POST', 'files/create/', wish)
for (const number of [2, 1]) {
  const part = { temp_path: inParts.temp_path, part_num: number }
  const place = await call(token, 'POST', 'files/create_part/', part)
  await send(place.url, 'PUT', parts[number - 1])
}
const joined = await (await fetch(inParts.confirm_url, { method: 'POST' })).json()
expect(joined.checksum === md5(parts.join('')), 'the parts were joined wrongly')
say(`uploaded ${joined.path} in ${parts.length} parts`)

const twin = { path: `${root}/docs/twin.txt`, size: text.length, checksum: md5(text) }
await call(token, 'POST', 'files/create/', twin, 201)
say('known bytes were not sent again')

const { url: address } = await call(token, 'GET', `files/get${encodeURI(file)}`)
expect((await (await fetch(address)).text()) === text, 'downloaded bytes differ')
say('downloaded what was uploaded')

const again = { path: file, overwrite: true, size: text.length + 1 }
const second = await call(token, 'POST', 'files/create/', again)
await send(second.url, 'PUT', `${text}!`)
const newer = await (await fetch(second.confirm_url, { method: 'POST' })).json()
expect(newer.version > stored.version, 'the version does not grow')
await call(token, 'POST', 'files/create/', { ...again, version: stored.version }, 403)
say(`version ${newer.version} took the place of ${stored.version}; the old one is refused`)

const listing = await call(token, 'GET', `metadata${encodeURI(`${root}/docs`)}`)
expect(listing.content.length === 3, 'the listing differs')
const known = { 'Mountbit-Auth': token, 'If-None-Match': `"${listing.hash}"` }
const unchanged = await fetch(new URL(`/api/1/metadata${encodeURI(`${root}/docs`)}`, url), {
  headers: known,
})
expect(unchanged.status === 304, `an unchanged folder answered ${unchanged.status}`)
say(`listed ${listing.content.length} files; unchanged since`)

const info = await call(token, 'GET', 'fileops/folder_info/', { path: root })
say(`${info.files_count} files and ${info.folders_count} folder, ${info.size} bytes`)

const link = await call(token, 'POST', 'links/create/', { path: `${root}/docs` })
const published = await call(undefined, 'GET', `links/metadata/${link.public_hash}/`)
expect(published.content.length === 3, 'the link shows something else')
await call(token, 'POST', 'links/delete/', { path: `${root}/docs` })
await call(undefined, 'GET', `links/metadata/${link.public_hash}/`, {}, 404)
say('published the folder by a link, and took it back')

if (otherLogin && otherPassword) {
  const other = await signIn(otherLogin, otherPassword)
  const wanted = { path: root, member_login: otherLogin, writer: true }
  const { hash } = await call(token, 'POST', 'shares/add/', wanted)
  const invites = await call(other, 'GET', 'shares/invites/')
  expect(
    invites.some((one) => one.hash === hash),
    'the invitation is not there',
  )
  await call(other, 'POST', 'shares/accept/', { hash })
  const theirs = await call(other, 'GET', `metadata${encodeURI(root)}`)
  expect(theirs.shared === true && theirs.fs_type === 'mount', 'the share is not mounted')
  await call(other, 'POST', 'fileops/folder_create/', { path: `${root}/from the other` })
  await call(token, 'GET', `metadata${encodeURI(`${root}/from the other`)}`)
  const people = await call(token, 'GET', 'shares/collaborators/', { path: root })
  expect(people.length === 2, 'there are others in it')
  await call(token, 'POST', 'shares/unshare/', { path: root })
  await call(other, 'GET', `metadata${encodeURI(root)}`, {}, 404)
  say(`shared it with ${otherLogin}, who wrote into it; ended that`)
}

const socket = await listen(token)
await call(token, 'POST', 'fileops/rename/', { path: big, newname: 'renamed.txt' })
await socket?.hears('file_renamed')
const heard = await call(token, 'GET', 'events/', { limit: 5 })
expect(heard[0].type === 'file_renamed' && heard[0].oldname === 'parts.txt', 'no event of it')
say(`renamed ${big}; ${socket ? 'the web socket and the' : 'the'} events tell of it`)

const packed = await call(token, 'GET', 'files/download_as_archive/', { path: `${root}/docs` })
const { url: archive } = await done(token, packed)
const zip = await (await fetch(archive)).arrayBuffer()
expect(new TextDecoder('latin1').decode(zip).startsWith('PK'), 'the archive is no ZIP file')
say(`fetched the folder as a ZIP file of ${zip.byteLength} bytes`)

await call(token, 'POST', 'fileops/delete/', { path: file })
await call(token, 'POST', 'fileops/undelete/', { path: file })
await call(token, 'POST', 'fileops/delete/', { path: file })
const bin = await call(token, 'GET', 'trash/')
const gone = bin.content.find((one) => one.restore_path === file)
expect(gone !== undefined, 'it does not lie in the bin')
await done(token, await call(token, 'POST', `trash/restore/${encodeURIComponent(gone.name)}/`))
const back = await call(token, 'GET', `metadata${encodeURI(file)}`)
expect(back.checksum === md5(`${text}!`), 'something else came back')
say('deleted a file twice; it came back by its path, and from the bin')

await call(token, 'POST', 'fileops/delete/', { path: root })
await call(token, 'GET', `metadata${encodeURI(root)}`, {}, 404)
socket?.close()
say('deleted everything; it lies in the bin')

await call(token, 'POST', 'accounts/logout/')
await call(token, 'GET', 'accounts/get/', {}, 401)
say('signed out')
