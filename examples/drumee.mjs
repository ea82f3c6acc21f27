#!/usr/bin/env node
// Walks the Drumee API with plain fetch and says what it does; ends with 1 on any surprise.
//   npx node examples/drumee.mjs http://127.0.0.1:8080 login password [login2 password2]
import { createHash } from 'node:crypto'

const [url, login, password, otherLogin, otherPassword] = process.argv.slice(2)
if (!url || !login || !password) {
  console.error('usage: drumee.mjs URL login password [login2 password2]')
  process.exit(2)
}

const md5 = (text) => createHash('md5').update(text).digest('hex')
const say = (text) => console.log(`- ${text}`)

function expect(isSo, what) {
  if (isSo) return
  console.error(`unexpected: ${what}`)
  process.exit(1)
}

/** Who calls: the headers that say so. */
const nobody = {}

/** One service by POST; resolves with `data` of the envelope. Other statuses end the program. */
async function call(who, service, fields = {}, expected = 200) {
  const response = await fetch(new URL(`/-/svc/${service}`, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...who },
    body: JSON.stringify(fields),
  })
  const text = await response.text()
  expect(response.status === expected, `${service}: ${response.status} ${text}`)
  return JSON.parse(text).data
}

/** The session is a cookie for browsers; programs send it back in a header. */
async function signIn(ident, secret) {
  const response = await fetch(new URL('/-/svc/yp.login', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vars: { ident, password: secret } }),
  })
  const { data } = await response.json()
  expect(data?.status === 'ok', `yp.login answered ${JSON.stringify(data)}`)
  const session = /regsid=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
  expect(session !== undefined, 'no session')
  return { 'x-param-regsid': session }
}

/** Bytes go as the body; what they are stands in a header, as this API has it. */
async function upload(who, fields, text, expected = 200) {
  const about = { ...fields, filename: encodeURI(fields.filename), filesize: text.length }
  const response = await fetch(new URL('/-/svc/media.upload', url), {
    method: 'POST',
    headers: {
      ...who,
      'content-type': 'application/octet-stream',
      'x-param-xia-data': encodeURI(JSON.stringify(about)),
    },
    body: text,
  })
  const answer = await response.text()
  expect(response.status === expected, `media.upload: ${response.status} ${answer}`)
  return JSON.parse(answer).data
}

async function fetchBytes(who, service, fields, expected = 200) {
  const target = new URL(`/-/svc/${service}`, url)
  for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, String(value))
  const response = await fetch(target, { headers: who })
  expect(response.status === expected, `${service}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

const me = await signIn(login, password)
const { user } = await call(me, 'yp.get_env')
const { home_id, hub_id: desk } = await call(me, 'desk.get_env', { hub_id: user.id })
say(`signed in as ${login}, whose hub is ${desk}`)

const title = `example ${Date.now()}`
const hub = await call(me, 'desk.create_hub', { filename: title, area: 'private' })
const here = { hub_id: hub.hub_id }
const folder = await call(me, 'media.make_dir', { ...here, nid: hub.hub_id, dirname: 'docs' })
say(`made the hub "${title}" with the folder ${folder.filename}`)

const text = 'Hello from an example'
const wish = { ...here, nid: folder.nid, filename: 'hello.txt', mimetype: 'text/plain' }
const file = await upload(me, wish, text)
expect(file.md5Hash === md5(text) && file.filesize === text.length, 'the checksum differs')
await upload(me, wish, text, 409)
const newer = await upload(me, { ...wish, replace: true }, `${text}!`)
expect(newer.nid === file.nid, 'a new version has another id')
say('uploaded a file, and a new version of it')

const [listed, ...others] = await call(me, 'media.show_node_by', { ...here, nid: folder.nid })
expect(others.length === 0 && listed.filename === 'hello' && listed.ext === 'txt', 'the listing')
const bytes = await fetchBytes(me, 'media.orig', { ...here, nid: file.nid })
expect(bytes.toString() === `${text}!`, 'downloaded bytes differ')
const packed = await call(me, 'media.download', { ...here, nid: [folder.nid] })
const zip = await fetchBytes(me, 'media.zip', { id: packed.zipid })
expect(zip.length === packed.size && zip.subarray(0, 2).toString() === 'PK', 'no ZIP file')
say(`listed it, downloaded it, and fetched the folder as a ZIP file of ${zip.length} bytes`)

const box = await call(me, 'sharebox.create_public_box', {
  hub_id: desk,
  name: `box ${title}`,
  permission: 7,
  password: 'open sesame',
  days: 1,
})
const inBox = { hub_id: box.hub_id, nid: box.nid }
await upload(me, { ...inBox, filename: 'for you.txt' }, text)
say(`made a box for visitors: ${box.link}`)

const token = box.share_id
const wrong = await call(nobody, 'dmz.login', { token, password: 'open' })
expect(wrong.status === 'WRONG_PASSWORD', `a wrong password answered ${wrong.status}`)
const opened = await call(nobody, 'dmz.login', { token, password: 'open sesame' })
expect(opened.status === 'TICKET_OK', `dmz.login answered ${opened.status}`)
const visitor = { authorization: `Bearer ${opened.guest_sid}` }
const place = { hub_id: opened.hub_id, nid: opened.nid }
const [shown] = await call(visitor, 'media.show_node_by', place)
expect(shown?.filename === 'for you', 'the visitor sees something else')
const taken = await fetchBytes(visitor, 'media.orig', { ...place, nid: shown.nid })
expect(taken.toString() === text, 'the visitor got other bytes')
await upload(visitor, { ...place, filename: 'from a visitor.txt' }, 'Thanks')
const both = await call(me, 'media.show_node_by', inBox)
expect(both.length === 2, 'what the visitor brought is not there')
say('a visitor opened it with the password, took a file and brought one')

await call(me, 'sharebox.remove_link', { ...inBox, share_id: token })
await call(visitor, 'media.show_node_by', place, 403)
const over = await call(nobody, 'dmz.info', { token })
expect(over.status === 'TICKET_INVALID', `a revoked box answered ${over.status}`)
await call(me, 'media.trash', inBox)
say('took the box back; the visitor is out')

if (otherLogin && otherPassword) {
  const other = await signIn(otherLogin, otherPassword)
  const { user: them } = await call(other, 'yp.get_env')
  await call(me, 'sharebox.assign_permission', {
    ...here,
    nid: folder.nid,
    email: [them.email],
    privilege: 7,
    days: 2,
  })
  const { count } = await call(other, 'sharebox.notification_count', { hub_id: them.id })
  expect(count > 0, 'no notification')
  const asked = await call(other, 'sharebox.notification_list', { hub_id: them.id })
  const mine = asked.find((one) => one.user_filename === 'docs')
  expect(mine !== undefined, 'the notification is of something else')
  const mount = await call(other, 'sharebox.accept_notification', {
    hub_id: them.id,
    nid: mine.nid,
  })
  const seen = await call(other, 'media.show_node_by', { hub_id: mount.hub_id, nid: mount.nid })
  expect(seen.length === 1, 'the shared folder is empty')
  const inside = { hub_id: mount.hub_id, nid: mount.nid }
  await call(me, 'sharebox.revoke_permission', { ...here, nid: mount.nid, user_id: [them.id] })
  await call(other, 'media.show_node_by', inside, 404)
  say(`shared the folder with ${otherLogin} for two days; ended that`)
}

await call(me, 'media.trash', { ...here, nid: file.nid })
const bin = await call(me, 'media.show_bin', here)
expect(
  bin.some((one) => one.nid === file.nid),
  'it does not lie in the bin',
)
await call(me, 'media.restore_into', { ...here, nid: file.nid, pid: folder.nid })
await call(me, 'media.get_node_attr', { ...here, nid: file.nid })
say('deleted the file; it came back from the bin')

const grant = { ...here, nid: folder.nid, expiry_hours: 1, permission: 3 }
const made = await call(me, 'mfs_api.create_token', grant)
const machine = { 'x-param-mfs-token': made.token }
expect(
  (await call(machine, 'media.show_node_by', { ...here, nid: folder.nid })).length === 1,
  'the token shows something else',
)
await call(me, 'mfs_api.revoke', { hub_id: desk, token: made.token })
await call(machine, 'media.show_node_by', { ...here, nid: folder.nid }, 403)
say('gave another server a token for the folder, and revoked it')

await call(me, 'hub.delete_hub', { hub_id: hub.hub_id })
await call(me, 'drumate.logout', { hub_id: desk })
await call(me, 'media.show_node_by', { hub_id: desk, nid: home_id }, 403)
say('removed the hub and signed out')
