// The part of the walk through the DRACOON API where the client encrypts.
import { randomBytes } from 'node:crypto'
import { decryptBytes, encryptBytes } from '../crypto/file-bytes.ts'
import { unwrapFileKey, wrapFileKey } from '../crypto/file-key.ts'
import { generateKeyPair, unlockPrivateKey } from '../crypto/key-pair.ts'
import { download, expect, request, say, stranger, upload } from './dracoon-client.mjs'

export const greeting = 'Hello from an example'
export const secret = () => `Aa1!${randomBytes(12).toString('hex')}`

/** Permissions on a room: to read what is in it. */
const reading = { read: true, manageDownloadShare: false, manageUploadShare: false }
const nothing = { manage: false, create: false, change: false, delete: false }
const noBin = { readRecycleBin: false, restoreRecycleBin: false, deleteRecycleBin: false }
export const readOnly = { ...reading, ...nothing, ...noBin }

/** A key pair of the user's own, which only he can open. */
async function giveKeyPair(user, word) {
  await user.as('POST', '/user/account/keypair', 204, await generateKeyPair('RSA-4096', word))
}

/** What a client does after signing in: the pair from the server, opened by the password. */
async function openKeyPair(user, word) {
  const pair = await user.as('GET', '/user/account/keypair', 200)
  return unlockPrivateKey(pair.privateKeyContainer, word)
}

/** Downloads a file and decrypts it with the key that lies at `path` for this private key. */
async function decrypt(as, fileId, path, privateKey) {
  const fileKey = await as('GET', `/nodes/files/${fileId}/${path}`, 200)
  const sealed = Uint8Array.from(await download(as, fileId))
  const opened = await decryptBytes(sealed, await unwrapFileKey(fileKey, privateKey))
  return new TextDecoder().decode(opened)
}

/** The keys that others lack and this user can give: opened with his, wrapped for each of them. */
async function giveMissingKeys(user, roomId, privateKey) {
  const path = `/nodes/missingFileKeys?room_id=${roomId}`
  const { items, users, files } = await user.as('GET', path, 200)
  const given = []
  for (const { userId, fileId } of items) {
    const file = files.find(({ id }) => id === fileId)
    const reader = users.find(({ id }) => id === userId)
    const plain = await unwrapFileKey(file.fileKeyContainer, privateKey)
    const fileKey = await wrapFileKey(plain, reader.publicKeyContainer)
    given.push({ userId, fileId, fileKey })
  }
  if (given.length > 0) await user.as('POST', '/nodes/files/keys', 204, { items: given })
  return given
}

/**
 * An encrypted room with the people in it: `owner` writes, `member` is let in to read. Its rescue
 * key is its own. Private keys and the bytes of the file are opened here, never at the server.
 */
export async function walkEncryption(url, admin, room, owner, member) {
  const words = { owner: secret(), member: secret(), room: secret() }
  const dataRoomRescueKey = await generateKeyPair('RSA-4096', words.room)
  const encrypting = { isEncrypted: true, dataRoomRescueKey }
  const { isEncrypted } = await admin('PUT', `/nodes/rooms/${room.id}/encrypt`, 200, encrypting)
  expect(isEncrypted, 'the room is not encrypted')
  await giveKeyPair(owner, words.owner)
  const ownKey = await openKeyPair(owner, words.owner)
  say('made an encrypted room with a rescue key, and a key pair')

  const { bytes, key } = await encryptBytes(new TextEncoder().encode(greeting))
  const { publicKeyContainer } = await owner.as('GET', '/user/account/keypair', 200)
  const fileKey = await wrapFileKey(key, publicKeyContainer)
  const file = await upload(owner.as, room.id, 'secret.txt', [bytes], { fileKey })
  const own = await decrypt(owner.as, file.id, 'user_file_key', ownKey)
  expect(file.isEncrypted && own === greeting, 'it was decrypted to something else')
  say('encrypted a file, uploaded it, downloaded and decrypted it')

  await giveKeyPair(member, words.member)
  const items = [{ id: member.id, permissions: readOnly }]
  await admin('PUT', `/nodes/rooms/${room.id}/users`, 204, { items })
  await member.as('GET', `/nodes/files/${file.id}/user_file_key`, 404)
  const given = await giveMissingKeys(owner, room.id, ownKey)
  expect(
    given.some(({ userId }) => userId === member.id),
    'his key is not missing',
  )
  const memberKey = await openKeyPair(member, words.member)
  const read = await decrypt(member.as, file.id, 'user_file_key', memberKey)
  expect(read === greeting, 'the member decrypted something else')
  say(`gave ${given.length} missing keys; a second member decrypted the file`)

  const pair = await owner.as('GET', `/nodes/rooms/${room.id}/keypair`, 200)
  const rescueKey = await unlockPrivateKey(pair.privateKeyContainer, words.room)
  const rescued = await decrypt(owner.as, file.id, 'data_room_file_key', rescueKey)
  expect(rescued === greeting, 'the rescue key opened something else')
  say("the room's rescue key opens it, too")
  await shareEncrypted(owner, file, key, stranger(url))
}

/** The share has a key pair of its own; its password opens that, and never goes to the server. */
async function shareEncrypted(owner, file, key, anybody) {
  const word = secret()
  const keyPair = await generateKeyPair('RSA-4096', word)
  const fileKey = await wrapFileKey(key, keyPair.publicKeyContainer)
  const wanted = { nodeId: file.id, keyPair, fileKey }
  const { accessKey } = await owner.as('POST', '/shares/downloads', 201, wanted)
  const path = `/public/shares/downloads/${accessKey}`
  const shown = await anybody('GET', path, 200)
  const { downloadUrl } = await anybody('POST', path, 201, {})
  const sealed = Uint8Array.from(await (await request(downloadUrl, 200)).bytes())
  const privateKey = await unlockPrivateKey(shown.privateKeyContainer, word)
  const opened = await decryptBytes(sealed, await unwrapFileKey(shown.fileKey, privateKey))
  expect(new TextDecoder().decode(opened) === greeting, 'a stranger decrypted something else')
  say('a stranger decrypted it by a share')
}
