#!/usr/bin/env node
// Walks the DRACOON API with plain fetch and says what it does; ends with 1 on any surprise.
//   npx node examples/dracoon.mjs http://127.0.0.1:8080 login password [rescue-password]
// The login is an administrator's. Everything that it makes it removes again, with one exception:
// where client-side encryption is off, it is left so and the last steps are left out, unless a
// rescue password is given. It is then turned on, for good, with a rescue key under that password.
import { randomBytes } from 'node:crypto'
import { generateKeyPair } from '../crypto/key-pair.ts'
import {
  download,
  expect,
  md5,
  request,
  say,
  signIn,
  stranger,
  textOf,
  upload,
  whenDone,
} from './dracoon-client.mjs'
import { greeting, readOnly, secret, walkEncryption } from './dracoon-encryption.mjs'

const [url, login, password, rescuePassword] = process.argv.slice(2)
if (!url || !login || !password) {
  console.error('usage: dracoon.mjs URL login password [rescue-password]')
  process.exit(2)
}

const mark = `example ${Date.now()}`
const partSize = 5 * 1024 * 1024
const anybody = stranger(url)
const undone = []

/** What has to be taken back at the end, whatever happens; the last one first. */
const later = (what, undo) => undone.push({ what, undo })

async function makeRoom(admin, name, adminIds) {
  const room = await admin('POST', '/nodes/rooms', 201, { name, adminIds })
  later(`the room ${name}`, () => admin('DELETE', `/nodes/${room.id}`, 204))
  return room
}

/** A new account that is signed in. */
async function makeUser(admin, name) {
  const userName = `${mark} ${name}`.replaceAll(' ', '-')
  const first = secret()
  const user = await admin('POST', '/users', 201, {
    firstName: 'Example',
    lastName: name,
    userName,
    email: `${userName}@example.org`,
    authData: { method: 'basic', login: userName, password: first, mustChangePassword: false },
    notifyUser: false,
  })
  later(`the account ${userName}`, () => admin('DELETE', `/users/${user.id}`, 204))
  return { id: user.id, userName, as: await signIn(url, userName, first) }
}

async function walkUploads(admin, folder) {
  const chunks = [Buffer.from('one chunk, '), Buffer.from('another chunk')]
  const file = await upload(admin, folder.id, 'chunks.txt', chunks)
  say(`uploaded ${file.name} in ${chunks.length} chunks`)

  const parts = [randomBytes(partSize), randomBytes(1234)]
  const size = parts[0].length + parts[1].length
  const wanted = { parentId: folder.id, name: 'parts.bin', size, directS3Upload: true }
  const { uploadId } = await admin('POST', '/nodes/files/uploads', 201, wanted)
  const path = `/nodes/files/uploads/${uploadId}`
  const tags = []
  for (const [at, part] of parts.entries()) {
    const partNumber = at + 1
    const one = { firstPartNumber: partNumber, lastPartNumber: partNumber, size: part.length }
    const { urls } = await admin('POST', `${path}/s3_urls`, 201, one)
    const put = await request(urls[0].url, 200, { method: 'PUT', body: part })
    tags.push({ partNumber, partEtag: put.headers.get('etag')?.replaceAll('"', '') })
  }
  await admin('PUT', `${path}/s3`, 202, { parts: tags, resolutionStrategy: 'fail' })
  const direct = await whenDone(admin, path)
  const stored = await download(admin, direct.id)
  expect(md5(stored) === md5(Buffer.concat(parts)), 'the parts were joined wrongly')
  say(`uploaded ${direct.name} to part addresses, ${direct.size} bytes, and waited for it`)
  return file
}

async function walkLists(admin, room, folder) {
  await upload(admin, folder.id, 'hello.txt', [Buffer.from(greeting)])
  const asked = { parent_id: folder.id, filter: 'type:eq:file|name:cn:.txt', sort: 'name:desc' }
  const listed = await admin('GET', `/nodes?${new URLSearchParams(asked)}`, 200)
  const names = listed.items.map(({ name }) => name).join()
  expect(names === 'hello.txt,chunks.txt', `the list is ${names}`)
  say(`listed ${names}`)

  const words = { search_string: 'hell', parent_id: room.id, depth_level: -1 }
  const found = await admin('GET', `/nodes/search?${new URLSearchParams(words)}`, 200)
  expect(found.range.total === 1, `found ${found.range.total} instead of one`)
  const [file] = found.items
  expect(file.parentPath === `/${room.name}/${folder.name}/`, `it lies in ${file.parentPath}`)
  say(`found ${file.parentPath}${file.name}`)

  expect((await textOf(admin, file.id, '6-9')) === 'from', 'the range holds something else')
  say('downloaded a range of it')
  return file
}

async function walkVersions(admin, room, folder, file) {
  const newer = Buffer.from(`${greeting}!`)
  const overwrite = { resolutionStrategy: 'overwrite' }
  const second = await upload(admin, folder.id, file.name, [newer], overwrite)
  expect(second.referenceId === file.referenceId, 'it is another file')
  const versions = await admin('GET', `/nodes/files/versions/${file.referenceId}`, 200)
  const ids = versions.items.map(({ id }) => id)
  expect(ids.length === 2 && ids.includes(second.id), `the versions are ${ids}`)
  say('a second version took the place of the first')

  await admin('DELETE', `/nodes/${second.id}`, 204)
  await admin('GET', `/nodes/${second.id}`, 404)
  const bin = await admin('GET', `/nodes/${room.id}/deleted_nodes`, 200)
  const thrown = bin.items.find(({ name }) => name === file.name)
  expect(thrown, 'the recycle bin does not have it')
  const back = { deletedNodeIds: [thrown.lastDeletedNodeId] }
  await admin('POST', '/nodes/deleted_nodes/actions/restore', 204, back)
  expect((await textOf(admin, second.id)) === `${greeting}!`, 'something else came back')
  say('deleted it, found it in the recycle bin, and restored it')
  return second
}

async function walkPlaces(admin, room, file) {
  const wanted = { parentId: room.id, name: 'copies' }
  const target = await admin('POST', '/nodes/folders', 201, wanted)
  const items = [{ id: file.id }]
  const copyTo = `/nodes/${target.id}/copy_to`
  await admin('POST', copyTo, 201, { items, resolutionStrategy: 'fail' })
  await admin('POST', copyTo, 409, { items, resolutionStrategy: 'fail' })
  await admin('POST', copyTo, 201, { items, resolutionStrategy: 'autorename' })
  const { items: copies } = await admin('GET', `/nodes?parent_id=${target.id}`, 200)
  expect(copies.length === 2, `there are ${copies.length} copies`)
  const moved = { items: [{ id: copies[1].id, name: 'moved.txt' }], resolutionStrategy: 'fail' }
  await admin('POST', `/nodes/${room.id}/move_to`, 200, moved)
  const { parentId, name } = await admin('GET', `/nodes/${copies[1].id}`, 200)
  expect(parentId === room.id && name === 'moved.txt', `${name} lies in ${parentId}`)
  say(`copied it twice, to ${copies.map((copy) => copy.name).join(' and ')}, and moved one`)
}

async function walkRemarks(admin, file) {
  const text = 'Seen by an example'
  await admin('POST', `/nodes/${file.id}/comments`, 201, { text })
  const { items } = await admin('GET', `/nodes/${file.id}/comments`, 200)
  expect(items.length === 1 && items[0].text === text, 'the comment is another one')
  await admin('POST', `/nodes/${file.id}/favorite`, 201)
  const { isFavorite, cntComments } = await admin('GET', `/nodes/${file.id}`, 200)
  expect(isFavorite && cntComments === 1, 'the file does not show its marks')
  await admin('DELETE', `/nodes/${file.id}/favorite`, 204)
  await admin('DELETE', `/nodes/comments/${items[0].id}`, 204)
  say('said something about it, and took it for a favourite')
}

async function walkGroups(admin, room, folder, file, member) {
  await member.as('GET', `/nodes/${room.id}`, 404)
  const group = await admin('POST', '/groups', 201, { name: `${mark} readers` })
  later(`the group ${group.name}`, () => admin('DELETE', `/groups/${group.id}`, 204))
  await admin('POST', `/groups/${group.id}/users`, 200, { ids: [member.id] })
  const items = [{ id: group.id, permissions: readOnly, newGroupMemberAcceptance: 'autoallow' }]
  await admin('PUT', `/nodes/rooms/${room.id}/groups`, 204, { items })
  const seen = await member.as('GET', `/nodes?parent_id=${folder.id}`, 200)
  expect(seen.range.total === 3, `${member.userName} sees ${seen.range.total} files`)
  expect((await textOf(member.as, file.id)) === `${greeting}!`, 'he reads something else')
  await member.as('POST', '/nodes/folders', 403, { parentId: folder.id, name: 'his' })
  await member.as('DELETE', `/nodes/${file.id}`, 403)
  say(`a group reads in the room: ${member.userName} sees the files and writes nothing`)
}

async function walkShares(admin, folder, file) {
  const word = secret()
  const wanted = { nodeId: file.id, password: word, maxDownloads: 1 }
  const share = await admin('POST', '/shares/downloads', 201, wanted)
  const path = `/public/shares/downloads/${share.accessKey}`
  const shown = await anybody('GET', path, 200)
  expect(shown.isProtected && shown.fileName === file.name, 'a stranger is shown something else')
  await anybody('POST', path, 401, { password: 'guessed' })
  const { downloadUrl } = await anybody('POST', path, 201, { password: word })
  const bytes = await (await request(downloadUrl, 200)).text()
  expect(bytes === `${greeting}!`, 'a stranger got something else')
  await anybody('POST', path, 404, { password: word })
  await admin('DELETE', `/shares/downloads/${share.id}`, 204)
  say('a stranger downloaded by a share, with its password, once and not twice')

  const slot = { targetId: folder.id, maxSlots: 1, password: word }
  const drop = await admin('POST', '/shares/uploads', 201, slot)
  const into = `/public/shares/uploads/${drop.accessKey}`
  const brought = { name: 'brought.txt', password: word }
  await anybody('POST', into, 401, { ...brought, password: 'guessed' })
  const { uploadUrl, uploadId } = await anybody('POST', into, 201, brought)
  await request(uploadUrl, 201, { method: 'POST', body: greeting })
  await anybody('PUT', `${into}/${uploadId}`, 201, {})
  await anybody('POST', into, 400, { ...brought, name: 'more.txt' })
  await admin('DELETE', `/shares/uploads/${drop.id}`, 204)
  const { items } = await admin('GET', `/nodes?parent_id=${folder.id}&filter=name:cn:brought`, 200)
  expect((await textOf(admin, items[0]?.id)) === greeting, 'a stranger brought something else')
  say('a stranger uploaded by a share, one file and no more')
}

async function walkArchive(admin, folder) {
  const { downloadUrl } = await admin('POST', '/nodes/zip', 200, { nodeIds: [folder.id] })
  const archive = Buffer.from(await (await request(downloadUrl, 200)).bytes())
  expect(archive.subarray(0, 2).toString() === 'PK', 'it is no archive')
  for (const name of ['chunks.txt', 'parts.bin', 'hello.txt', 'brought.txt']) {
    expect(archive.includes(`${folder.name}/${name}`), `the archive lacks ${name}`)
  }
  say(`downloaded the folder as an archive of ${archive.length} bytes`)
}

/** Whether there is client-side encryption, perhaps from now on. */
async function isEncryptionOn(admin) {
  const { customerEncryptionEnabled } = await admin('GET', '/user/account/customer', 200)
  if (customerEncryptionEnabled) return true
  if (!rescuePassword) return false
  const dataSpaceRescueKey = await generateKeyPair('RSA-4096', rescuePassword)
  const body = { enableCustomerEncryption: true, dataSpaceRescueKey }
  await admin('PUT', '/user/account/customer', 200, body)
  say('turned client-side encryption on, with a rescue key under the given password')
  return true
}

async function walk(admin) {
  const me = await admin('GET', '/user/account', 200)
  const owner = await makeUser(admin, 'owner')
  const member = await makeUser(admin, 'member')
  say(`signed in as ${login}; made the accounts ${owner.userName} and ${member.userName}`)
  const room = await makeRoom(admin, mark, [me.id])
  const folder = await admin('POST', '/nodes/folders', 201, { parentId: room.id, name: 'docs' })
  say(`made the room ${room.name} and a folder in it`)
  await walkUploads(admin, folder)
  const found = await walkLists(admin, room, folder)
  const file = await walkVersions(admin, room, folder, found)
  await walkPlaces(admin, room, file)
  await walkRemarks(admin, file)
  await walkGroups(admin, room, folder, file, member)
  await walkShares(admin, folder, file)
  await walkArchive(admin, folder)
  if (!(await isEncryptionOn(admin))) return say('client-side encryption is off, and left so')
  const hidden = await makeRoom(admin, `${mark} encrypted`, [me.id, owner.id])
  await walkEncryption(url, admin, hidden, owner, member)
}

function surprise(error) {
  console.error(`unexpected: ${error.message}`)
  process.exitCode = 1
}

try {
  const admin = await signIn(url, login, password)
  await walk(admin).catch(surprise)
  let left = 0
  for (const { what, undo } of undone.reverse()) {
    await undo().catch((error) => {
      left++
      surprise(new Error(`${what} stays: ${error.message}`))
    })
  }
  if (left === 0) say('removed what it had made')
  await admin('POST', '/user/logout', 204)
  await admin('GET', '/user/account', 401)
  say('signed out')
} catch (error) {
  surprise(error)
}
