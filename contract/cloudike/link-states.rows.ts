import { createLink } from '../../server/core/links/create-link.ts'
import type { ContractRow, Scene, Send } from '../row.ts'
import { blocked, ended, once } from './refusal-scene.ts'
import { done } from './share-scene.ts'

/** The scene that these rows share: a link for each state, made when the first row asks for it. */
export const linkScene = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/old': 'folder',
  '/inbox': 'folder',
} as const

/** Announced through a link of another API, which takes one file and has got it then. */
const full = async (scene: Scene) => {
  const node = { id: scene.nodeId('/inbox') }
  const { token } = await createLink(scene.core('writer'), { kind: 'upload', node, maxFiles: 1 })
  scene.kept.hash = token
  const announced = (path: string, more: object = {}) =>
    done(scene, 'linksFileCreate', null, announcing(path, more)(scene))
  const [first, second, third] = [
    await announced('first'),
    await announced('second'),
    await announced('third', { multipart: true }),
  ]
  for (const { url } of [first, second]) await fetch(String(url), { method: 'PUT', body: 'x' })
  await fetch(String(first.confirm_url), { method: 'POST' })
  scene.kept.whole = pathOf(second.url)
  scene.kept.confirm = pathOf(second.confirm_url)
  scene.kept.temp = String(third.temp_path)
}
const pathOf = (url: unknown) => new URL(String(url)).pathname
const announcing =
  (path: string, more: object = {}) =>
  (scene: Scene): Send => ({
    params: { hash: String(scene.kept.hash) },
    body: { path, ...more },
  })

type Refusal = readonly [
  op: string,
  send: (scene: Scene) => Send,
  state: (scene: Scene) => Promise<void>,
  want: { readonly status: number; readonly code: string },
]

const file = (scene: Scene) => ({ hash: String(scene.kept.hash), path: 'a.txt' })
const inQuery = (scene: Scene): Send => ({ query: { ...file(scene), password: 'open it' } })
const inBody = (scene: Scene): Send => ({ body: { ...file(scene), password: 'open it' } })

const shut = { status: 403, code: 'LinkBlocked' }
const over = { status: 404, code: 'LinkExpired' }
const noMore = { status: 403, code: 'LinkDownloadsExceeded' }
const [isBlocked, isEnded, isFull] = [once(blocked), once(ended('/old')), once(full)]

const refusals: readonly Refusal[] = [
  ['linksGetPreview', inQuery, isBlocked, shut],
  ['linksCreateExtra', inBody, isBlocked, shut],
  ['linksGetPreview', inQuery, isEnded, over],
  ['linksCreateExtra', inBody, isEnded, over],
  ['linksFileCreate', announcing('more'), isFull, noMore],
  [
    'linksFileCreatePart',
    ({ kept }) => ({
      params: { hash: String(kept.hash) },
      body: { temp_path: kept.temp, part_num: 1 },
    }),
    isFull,
    noMore,
  ],
  ['transferUpload', ({ kept }) => ({ path: String(kept.whole), bytes: 'y' }), isFull, noMore],
  [
    'transferUploadPart',
    ({ kept }) => ({ params: { ticket: String(kept.temp), part: 1 }, bytes: 'y' }),
    isFull,
    noMore,
  ],
  ['transferConfirm', ({ kept }) => ({ path: String(kept.confirm) }), isFull, noMore],
]

/** What is refused through links that are shut, over, or have got all that they take. */
export const linkStateRows: readonly ContractRow[] = refusals.map(([op, send, before, want]) => ({
  op,
  name: `${want.code} through a link in that state`,
  as: null,
  before,
  send,
  want,
}))
