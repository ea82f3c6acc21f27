import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/sub': 'folder',
  '/docs/sub/b.txt': { file: 'beta' },
  '/room': 'room',
  '/room/c.txt': { file: 'gamma' },
  '/to': 'folder',
} as const

const published =
  (path: string, more: object = {}) =>
  async (scene: Scene) => {
    const body = { path: scene.path(path), ...more }
    const made = await scene.call('linksCreate', 'writer', { body })
    if (made.status !== 200) throw new Error(`links/create: ${JSON.stringify(made.body)}`)
    scene.kept.hash = (made.body as { public_hash: string }).public_hash
  }
const inbox = (more: object = {}) => published('/docs', { upload_folder: true, ...more })

const announcing =
  (body: object = {}) =>
  (scene: Scene) => ({
    params: { hash: String(scene.kept.hash) },
    body: { path: 'new.txt', ...body },
  })

type Places = { url: string; confirm_url: string }

/** A file that was announced through the link and sent. */
const sent =
  (text: string, body: object = {}) =>
  async (scene: Scene) => {
    const made = await scene.call('linksFileCreate', null, announcing(body)(scene))
    const { url, confirm_url } = made.body as Places
    const form = new FormData()
    form.set('file', new Blob([text]), 'x')
    const answer = await fetch(url, { method: 'POST', body: form })
    if (answer.status !== 200) throw new Error(`not sent: ${await answer.text()}`)
    const { pathname, search } = new URL(confirm_url)
    scene.kept.confirm = pathname + search
  }
const both =
  (...steps: ((scene: Scene) => Promise<void>)[]) =>
  async (scene: Scene) => {
    for (const step of steps) await step(scene)
  }
const confirming = (scene: Scene) => ({ path: String(scene.kept.confirm) })
const overwriting = (scene: Scene) => ({ path: `${scene.kept.confirm}?overwrite=true` })
const unknown = { status: 404, code: 'NotFound' }
const expired = { status: 404, code: 'LinkExpired' }
const noLink = { status: 404, code: 'FileNotFound' }
/** Until a link with an end of a second is over. */
const late = () => new Promise<void>((resolve) => setTimeout(resolve, 1100))
const withoutRights = async (scene: Scene) => {
  await scene.call('linksDelete', 'manager', { body: { path: scene.path('/docs') } })
}

const create = { op: 'linksFileCreate', as: null, given } as const
const confirm = { op: 'transferConfirm', as: null, given } as const

const coming: readonly ContractRow[] = [
  ...fourEncodings({
    ...create,
    name: 'says where a file goes',
    before: inbox(),
    send: announcing({ size: 5 }),
    want: {
      status: 200,
      body: {
        method: 'POST',
        url: (url) => /\/api\/1\/transfers\/upload\/[\w-]{20,}~[\w-]{20,}$/.test(String(url)),
        confirm_url: (url) => /\/api\/1\/transfers\/confirm\/[\w-]+~[\w-]+$/.test(String(url)),
      },
    },
  }),
  {
    ...create,
    name: 'under its older name',
    before: inbox(),
    send: (scene) => ({
      ...announcing()(scene),
      path: `/api/1/links/upload_folders/file_create/${scene.kept.hash}`,
    }),
    want: { status: 200 },
  },
  {
    ...create,
    name: 'rule 22: a password is needed',
    before: inbox({ password: 'open it' }),
    send: announcing(),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  {
    ...create,
    name: 'rule 22: the right one',
    before: inbox({ password: 'open it' }),
    send: announcing({ password: 'open it' }),
    want: { status: 200 },
  },
  {
    ...create,
    name: 'a link for downloads takes nothing',
    before: published('/docs'),
    send: announcing(),
    want: unknown,
  },
  {
    ...create,
    name: 'an unknown hash is 404',
    send: { params: { hash: 'none' }, body: { path: 'x' } },
    want: unknown,
  },
  {
    ...create,
    name: 'past its end it is 404',
    before: both(inbox({ ttl: 1 }), late),
    send: announcing(),
    want: expired,
  },
  {
    ...create,
    name: 'too many wrong passwords block it for a while',
    before: both(inbox({ password: 'open it' }), async (scene) => {
      for (let round = 0; round < 12; round++) {
        await scene.call('linksFileCreate', null, announcing({ password: 'nope' })(scene))
      }
    }),
    send: announcing({ password: 'open it' }),
    want: { status: 403, code: 'LinkBlocked' },
  },
  {
    ...create,
    name: 'a path with folders is 400',
    before: inbox(),
    send: announcing({ path: 'sub/x.txt' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    ...create,
    name: 'more than the server takes is 413',
    before: inbox(),
    send: announcing({ size: 2 ** 45 }),
    want: { status: 413, code: 'FileTooLarge' },
  },
  {
    ...confirm,
    name: 'through a link the file comes, and nothing of its place is told',
    before: both(inbox(), sent('hello', { size: 5 })),
    send: confirming,
    want: {
      status: 200,
      body: {
        path: '/new.txt',
        bytes: 5,
        owner: 0,
        owner_name: '',
        author: 0,
        author_name: '',
        public_hash: '',
      },
      events: ['file.created', 'link.used'],
    },
  },
  {
    ...confirm,
    name: 'through a link nothing is overwritten',
    before: both(inbox(), sent('other', { path: 'a.txt' })),
    send: overwriting,
    want: {
      status: 200,
      body: { path: '/a (1).txt' },
      events: ['file.created', 'link.used'],
    },
  },
  {
    ...confirm,
    name: 'through a link that has ended it is 404',
    before: both(inbox(), sent('hello'), withoutRights),
    send: confirming,
    want: unknown,
  },
  {
    ...confirm,
    name: 'what comes in through no link is not there',
    send: { params: { ticket: 'nothing' } },
    want: unknown,
  },
  {
    ...confirm,
    name: 'other bytes than announced are 400',
    before: both(inbox(), sent('hell', { size: 5 })),
    send: confirming,
    want: { status: 400, code: 'InvalidParameters' },
  },
]

const add = { op: 'linksAddToStorage', as: 'reader', given } as const
const adding =
  (query: object = {}) =>
  (scene: Scene) => ({
    params: { hash: String(scene.kept.hash) },
    query: { target_path: '/', ...query },
  })

const adopting: readonly ContractRow[] = [
  {
    ...add,
    name: 'copies into the own storage, without rooms in it',
    before: published('/'),
    send: adding(),
    want: {
      status: 200,
      body: { taskid: (id) => String(id).length >= 20 },
      events: ['link.used', 'node.copied'],
    },
    then: async (scene, answer) => {
      const { taskid } = answer.body as { taskid: string }
      const { body } = await scene.call('task', 'reader', { params: { taskid } })
      const { progress, files_count, size } = body as Record<string, unknown>
      const told = JSON.stringify([progress, files_count, size])
      if (told !== '["done",2,"9"]') throw new Error(JSON.stringify(body))
    },
  },
  {
    ...add,
    name: 'also by POST',
    before: published('/docs/a.txt'),
    send: (scene) => ({ ...adding()(scene), method: 'POST' }),
    want: { status: 200, events: ['link.used', 'node.copied'] },
  },
  {
    ...add,
    name: 'rule 22: a password is needed',
    before: published('/docs', { password: 'open it' }),
    send: adding(),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  {
    ...add,
    name: 'rule 22: no more often than allowed',
    before: both(published('/docs/a.txt', { download_max: 1 }), async (scene) => {
      await scene.call('linksAddToStorage', 'reader', adding()(scene))
    }),
    send: adding(),
    want: { status: 403, code: 'LinkDownloadsExceeded' },
  },
  {
    ...add,
    name: 'past its end it is 404',
    before: both(published('/docs', { ttl: 1 }), late),
    send: adding(),
    want: expired,
  },
  {
    ...add,
    name: 'a path that climbs is 400',
    before: published('/docs'),
    send: adding({ target_path: '/../x' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    ...add,
    name: 'not where one may not create',
    before: published('/docs'),
    send: (scene) => adding({ target_path: scene.path('/to') })(scene),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    ...add,
    name: 'a folder that is not there is 404',
    before: published('/docs'),
    send: adding({ target_path: '/none' }),
    want: noLink,
  },
  {
    ...add,
    name: 'an unknown hash is 404',
    send: { params: { hash: 'none' } },
    want: unknown,
  },
  {
    ...add,
    name: 'without a session',
    as: null,
    before: published('/docs'),
    send: adding(),
    want: { status: 401, code: 'Unauthorized' },
  },
]

const part = { op: 'linksFileCreatePart', as: null, given } as const
const inParts = both(inbox(), async (scene) => {
  const wanted = announcing({ multipart: true })(scene)
  const { body } = await scene.call('linksFileCreate', null, wanted)
  const { temp_path, confirm_url } = body as { temp_path: string; confirm_url: string }
  const { pathname, search } = new URL(confirm_url)
  Object.assign(scene.kept, { temp_path, confirm: pathname + search })
})
const asking =
  (body: object = {}) =>
  (scene: Scene) => ({
    params: { hash: String(scene.kept.hash) },
    body: { temp_path: String(scene.kept.temp_path), part_num: 1, ...body },
  })

const inPieces: readonly ContractRow[] = [
  {
    ...part,
    name: 'says where a part goes, and the parts make the file',
    before: inParts,
    send: asking(),
    want: { status: 200, body: { method: 'PUT' }, events: 'any' },
    then: async (scene) => {
      for (const [at, bytes] of ['hel', 'lo'].entries()) {
        const { body } = await scene.call(
          'linksFileCreatePart',
          null,
          asking({ part_num: at + 1 })(scene),
        )
        await fetch((body as { url: string }).url, { method: 'PUT', body: bytes })
      }
      const { body } = await scene.call('transferConfirm', null, confirming(scene))
      const { path, bytes } = body as { path: string; bytes: number }
      if (path !== '/new.txt' || bytes !== 5) throw new Error(JSON.stringify(body))
    },
  },
  {
    ...part,
    name: 'through another link it is not there',
    before: both(inParts, async (scene) => {
      const { temp_path } = scene.kept
      await published('/to', { upload_folder: true })(scene)
      Object.assign(scene.kept, { temp_path })
    }),
    send: asking(),
    want: noLink,
  },
  {
    ...part,
    name: 'a part without a number is 400',
    before: inParts,
    send: asking({ part_num: 0 }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    ...part,
    name: 'an unknown hash is 404',
    send: { params: { hash: 'none' }, body: { temp_path: 'x', part_num: 1 } },
    want: unknown,
  },
]

/** Files that come in through links, and what is taken over from them. */
export const linkUploadRows: readonly ContractRow[] = [...coming, ...inPieces, ...adopting]
