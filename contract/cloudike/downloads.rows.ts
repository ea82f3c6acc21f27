import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: '0123456789' },
  '/docs/page.html': { file: '<script>1</script>' },
} as const

type Download = { url: string }

async function urlOf(scene: Scene, path: string, query = {}): Promise<string> {
  const send = { params: { path: scene.path(path) }, query }
  const { url } = (await scene.call('filesGet', 'reader', send)).body as Download
  return url.slice(scene.url.length)
}

const keepUrl =
  (path: string, query = {}) =>
  async (scene: Scene) => {
    scene.kept.path = await urlOf(scene, path, query)
  }

const fetched =
  (headers: Record<string, string> = {}, method = 'GET') =>
  (scene: Scene) => ({ path: String(scene.kept.path), headers, method })

/** files/get and the address that it answers with. */
export const downloadRows: readonly ContractRow[] = [
  {
    op: 'filesGet',
    name: 'says where the file is',
    as: 'reader',
    given,
    send: (scene) => ({ params: { path: scene.path('/docs/a.txt') } }),
    want: (scene) => ({
      status: 200,
      body: {
        url: (url) => String(url).startsWith(`${scene.url}/api/1/transfers/download/`),
        path: scene.path('/docs/a.txt'),
        method: 'GET',
        deleted: false,
        size: 10,
        checksum: '781e5e245d69b566979b86e28d23f2c7',
      },
    }),
  },
  {
    op: 'filesGet',
    name: 'a folder is no file',
    as: 'reader',
    given,
    send: (scene) => ({ params: { path: scene.path('/docs') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesGet',
    name: 'what is not visible is 404',
    as: 'member',
    given,
    send: (scene) => ({ params: { path: scene.path('/docs/a.txt') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesGet',
    name: 'a version that it never had is 404',
    as: 'reader',
    given,
    send: (scene) => ({ params: { path: scene.path('/docs/a.txt') }, query: { version: 1 } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'transferDownload',
    name: 'sends the file, to save',
    as: null,
    given,
    before: keepUrl('/docs/a.txt'),
    send: fetched(),
    want: {
      status: 200,
      headers: {
        'content-disposition': /^attachment; filename="a.txt"/,
        'content-length': '10',
        'x-content-type-options': 'nosniff',
        'accept-ranges': 'bytes',
      },
    },
  },
  {
    op: 'transferDownload',
    name: 'rule 16: for_view shows it',
    as: null,
    given,
    before: keepUrl('/docs/a.txt', { for_view: 'True' }),
    send: fetched(),
    want: {
      status: 200,
      headers: { 'content-disposition': /^inline/, 'content-type': /^text\/plain/ },
    },
  },
  {
    op: 'transferDownload',
    name: 'rule 16: but never what could run',
    as: null,
    given,
    before: keepUrl('/docs/page.html', { for_view: 1 }),
    send: fetched(),
    want: { status: 200, headers: { 'content-disposition': /^attachment/ } },
  },
  {
    op: 'transferDownload',
    name: 'sends a range',
    as: null,
    given,
    before: keepUrl('/docs/a.txt'),
    send: fetched({ range: 'bytes=2-4' }),
    want: {
      status: 206,
      headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
    },
  },
  {
    op: 'transferDownload',
    name: 'a range outside is 416',
    as: null,
    given,
    before: keepUrl('/docs/a.txt'),
    send: fetched({ range: 'bytes=10-' }),
    want: {
      status: 416,
      code: 'RangeNotSatisfiable',
      headers: { 'content-range': 'bytes */10' },
    },
  },
  {
    op: 'transferDownload',
    name: 'what the client has already is 304',
    as: null,
    given,
    before: async (scene) => {
      await keepUrl('/docs/a.txt')(scene)
      const etag = (await fetch(scene.url + scene.kept.path)).headers.get('etag')
      if (!etag?.startsWith('"')) throw new Error(`no ETag: ${etag}`)
      scene.kept.etag = etag
    },
    send: (scene) => fetched({ 'if-none-match': String(scene.kept.etag) })(scene),
    want: { status: 304 },
  },
  {
    op: 'transferDownload',
    name: 'HEAD says the same without the bytes',
    as: null,
    given,
    before: keepUrl('/docs/a.txt'),
    send: fetched({}, 'HEAD'),
    want: { status: 200, body: undefined, headers: { 'content-length': '10' } },
  },
  ...['none', 'file~none', 'file~1.2.u3.4.abc', 'link~1.2.3.4.0.x~W10', 'link~~%7B'].map(
    (ticket): ContractRow => ({
      op: 'transferDownload',
      name: `the address ${ticket} is 404`,
      as: null,
      send: { params: { ticket } },
      want: { status: 404, code: 'NotFound' },
    }),
  ),
  {
    op: 'transferDownload',
    name: 'a right that was taken meanwhile counts',
    as: null,
    given,
    before: async (scene) => {
      await keepUrl('/docs/a.txt')(scene)
      const body = { from_path: scene.path('/docs'), to_path: '/' }
      await scene.call('fileopsMove', 'manager', { body })
    },
    send: fetched(),
    want: { status: 404, code: 'NotFound' },
  },
]
