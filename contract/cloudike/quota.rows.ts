import type { ContractRow, Scene } from '../row.ts'
import { done } from './share-scene.ts'

const given = {
  '/small': 'folder',
  '/small/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'a longer text' },
} as const

/** Ten bytes are all that the folder may hold; five it has. */
const limited = async (scene: Scene): Promise<void> => {
  const path = scene.path('/small')
  const limit = { use_folder_limit: true, folder_limit: 10 }
  await done(scene, 'sharesAdd', 'manager', { body: { path, ...limit } })
}

type Announced = { url: string; confirm_url: string; temp_path?: string }

/** An upload into the folder that said nothing of its size. */
const announced =
  (more: object = {}, before: (scene: Scene) => Promise<void> = limited) =>
  async (scene: Scene): Promise<void> => {
    await before(scene)
    const values = { path: scene.path('/small/new.bin'), ...more }
    const answer = await done(scene, 'filesCreate', 'writer', { body: values })
    const { url, confirm_url, temp_path } = answer as Announced
    const { pathname, search } = new URL(confirm_url)
    scene.kept.path = new URL(url).pathname
    scene.kept.confirm = pathname + search
    scene.kept.temp = temp_path
  }

const full = { status: 402, code: 'QuotaExceeded' } as const
const between = (scene: Scene) => ({
  body: { from_path: scene.path('/b.txt'), to_path: scene.path('/small') },
})

/** What does not fit is refused, wherever it comes from. */
export const quotaRows: readonly ContractRow[] = [
  {
    op: 'filesCreate',
    name: 'of more bytes than the folder may hold is 402',
    as: 'writer',
    given,
    before: limited,
    send: (scene) => ({ body: { path: scene.path('/small/b.txt'), size: 6 } }),
    want: full,
  },
  {
    op: 'filesCreate',
    name: 'of more bytes than the server takes is 413',
    as: 'writer',
    send: (scene) => ({ body: { path: scene.path('/b.txt'), size: 2 ** 52 } }),
    want: { status: 413, code: 'FileTooLarge' },
  },
  {
    op: 'transferUpload',
    name: 'of more bytes than the folder may hold is 402',
    as: null,
    given,
    before: announced(),
    send: (scene) => ({ method: 'PUT', path: String(scene.kept.path), bytes: 'sixsix' }),
    want: full,
  },
  {
    op: 'transferUploadPart',
    name: 'of more bytes than the folder may hold is 402',
    as: null,
    given,
    before: announced({ multipart: true }),
    send: (scene) => ({ params: { ticket: String(scene.kept.temp), part: 1 }, bytes: 'sixsix' }),
    want: full,
  },
  {
    op: 'filesConfirm',
    name: 'of what does not fit any more is 402',
    as: null,
    given,
    async before(scene) {
      await announced({}, async () => undefined)(scene)
      await fetch(scene.url + scene.kept.path, { method: 'PUT', body: 'sixsix' })
      await limited(scene)
    },
    send: (scene) => ({ path: String(scene.kept.confirm) }),
    want: full,
  },
  {
    op: 'fileopsMove',
    name: 'of more bytes than the folder may hold is 402',
    as: 'writer',
    given,
    before: limited,
    send: between,
    want: full,
  },
  {
    op: 'fileopsCopy',
    name: 'of more bytes than the folder may hold is 402',
    as: 'writer',
    given,
    before: limited,
    send: between,
    want: full,
  },
]
