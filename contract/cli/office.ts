import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { type Ctx, contextFor } from '../../server/core/ctx.ts'
import { createLink } from '../../server/core/links/create-link.ts'
import { openLink } from '../../server/core/links/open-link.ts'
import { deleteNodes } from '../../server/core/nodes/delete-nodes.ts'
import { storeFile } from '../../server/core/uploads/store-file.ts'
import type { Person } from '../scenarios/client.ts'
import { dracoonClient } from '../scenarios/dracoon-client.ts'
import { type Cast, castPeople, contextOf, makeGiven, password } from '../scene.ts'
import type { World } from '../world.ts'

export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** What an installation holds, as its people know it. */
export type Office = {
  readonly room: string
  readonly cast: Cast
  /** Hash of the current content by name, of the files in the room. */
  readonly files: ReadonlyMap<string, string>
  readonly link: { readonly token: string; readonly password: string }
}

const room = 'Büro'

/** Users, a room, small and large files, versions, trash, a link with a password. */
export async function furnish(world: World): Promise<Office> {
  const cast = await castPeople(world)
  const ids = await makeGiven(world.app, cast, room, {
    '/inner': 'room',
    '/letters': 'folder',
    '/letters/note.txt': { file: 'a note' },
  })
  const ctx = contextOf(world.app, cast.tenant, cast.ids.admin)
  const parent = { id: ids.get('/') ?? 0 }
  const files = new Map<string, string>()
  const store = async (name: string, bytes: Buffer, onClash: 'fail' | 'overwrite' = 'fail') => {
    const view = await storeFile(ctx, { parent, name, source: Readable.from([bytes]), onClash })
    files.set(name, hashOf(bytes))
    return view.node.id
  }
  await store('empty', Buffer.alloc(0))
  await store('small “quoted” 文件.txt', randomBytes(10_000))
  await store('large.bin', randomBytes(3_000_000))
  for (let version = 0; version < 3; version++) {
    await store('versions.bin', randomBytes(100_000 + version), 'overwrite')
  }
  for (let n = 0; n < 10; n++) await store(`file ${n}.bin`, randomBytes(30_000 * n))
  const trashed = [
    await store('trashed.bin', randomBytes(90_000)),
    await store('gone', Buffer.of(1)),
  ]
  await deleteNodes(ctx, { nodes: trashed.map((id) => ({ id })), mode: 'all' })
  for (const name of ['trashed.bin', 'gone']) files.delete(name)
  const linked = await store('linked.bin', randomBytes(200_000))
  const key = 'open sesame please'
  const { token } = await createLink(ctx, {
    kind: 'download',
    node: { id: linked },
    password: key,
  })
  return { room, cast, files, link: { token, password: key } }
}

/** What a writer has sent, and which of it was answered. */
export type Writing = {
  /** All contents ever sent under a name. */
  readonly sent: ReadonlyMap<string, ReadonlySet<string>>
  /** Names whose first upload has been answered. */
  readonly answered: ReadonlySet<string>
  readonly failures: readonly string[]
  stop(): Promise<void>
}

/** People who upload, replace and delete through the API until they are stopped. */
export function startWriting(world: World, office: Office, writers = 4): Writing {
  const sent = new Map<string, Set<string>>()
  const answered = new Set<string>()
  const failures: string[] = []
  let stopping = false
  const write = async (person: Person, writer: number) => {
    for (let n = 0; !stopping; n++) {
      const name = `w${writer} ${n % 3 === 2 ? n - 1 : n}.bin`
      const bytes = randomBytes(n % 4 === 0 ? 150_000 : 5000)
      sent.set(name, (sent.get(name) ?? new Set()).add(hashOf(bytes)))
      const refused = await person.upload([office.room, name], bytes, { replace: n % 3 === 2 })
      if (refused) failures.push(`${name}: ${refused.status} ${refused.text}`)
      else answered.add(name)
      if (n % 10 === 9) await person.remove([office.room, name])
    }
  }
  const running = Array.from({ length: writers }, async (_, writer) => {
    const person = await dracoonClient.signIn(world.url, 'writer', password)
    await write(person, writer)
  })
  return {
    sent,
    answered,
    failures,
    async stop() {
      stopping = true
      await Promise.all(running)
    },
  }
}

const nobody = { kind: 'anonymous' } as const

/** Opens the office's link in another world; answers the hash of its file. */
export async function hashThroughLink(world: World, { cast, link }: Office): Promise<string> {
  const ctx: Ctx = contextFor(world.app, cast.tenant, nobody, 'stranger')
  const { entry } = await openLink(ctx, { ...link, need: 'file' })
  return entry.node.content?.sha256 ?? ''
}
