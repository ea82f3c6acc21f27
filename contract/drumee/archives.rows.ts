import type { ContractRow, Scene } from '../row.ts'
import { inputRows } from './refusals.ts'

const given = {
  '/docs': 'folder',
  '/docs/b.txt': { file: 'beta' },
  '/a.txt': { file: 'alpha' },
} as const

const choose =
  (...paths: string[]) =>
  (scene: Scene) => ({
    body: { hub_id: scene.id('/'), nid: paths.map((path) => scene.id(path)) },
  })
const unknown = (scene: Scene) => ({ body: { hub_id: scene.id('/'), nid: ['f'.repeat(16)] } })

const ordered = async (scene: Scene) => {
  const answer = await scene.call('media.download', 'reader', choose('/docs')(scene))
  scene.kept.id = (answer.body as { data: { zipid: string } }).data.zipid
}
const byId = ({ kept }: Scene) => ({ body: { id: kept.id } })

const download = { op: 'media.download', as: 'reader', given } as const
const size = { op: 'media.zip_size', as: 'reader', given } as const
const object = { x: 1 }

const dropping = (['media.zip_release', 'media.zip_cancel'] as const).flatMap(
  (op): ContractRow[] => [
    {
      op,
      as: 'reader',
      given,
      name: 'nobody fetches it any more',
      before: ordered,
      send: byId,
      want: (scene) => ({ status: 200, body: { data: { id: String(scene.kept.id) } } }),
      then: async (scene) => {
        const { status } = await scene.call('media.zip', 'reader', byId(scene))
        if (status !== 404) throw new Error(`it is there still: ${status}`)
      },
    },
    {
      op,
      as: 'writer',
      given,
      name: 'somebody else’s',
      before: ordered,
      send: byId,
      want: { status: 404, code: 'FILE_NOT_FOUND' },
    },
    {
      op,
      as: null,
      name: 'not for nobody',
      send: { body: { id: 'x' } },
      want: { status: 403, code: 'PERMISSION_DENIED' },
    },
    ...inputRows({ op, values: { id: 'x' }, needs: ['id'], bad: { id: object } }),
  ],
)

/** Several nodes as one file. */
export const archiveRows: readonly ContractRow[] = [
  {
    ...download,
    name: 'one file comes as it is',
    send: choose('/a.txt'),
    want: { status: 200, body: 'alpha', headers: { 'content-disposition': /filename="a.txt"/ } },
  },
  {
    ...download,
    name: 'a range of it',
    send: (scene) => ({ ...choose('/a.txt')(scene), headers: { range: 'bytes=1-' } }),
    want: { status: 206, body: 'lpha' },
  },
  {
    ...download,
    name: 'beyond its end',
    send: (scene) => ({ ...choose('/a.txt')(scene), headers: { range: 'bytes=9-' } }),
    want: { status: 416, code: 'RANGE_NOT_SATISFIABLE' },
  },
  {
    ...download,
    name: 'known already',
    send: (scene) => ({ ...choose('/a.txt')(scene), headers: { 'if-none-match': '*' } }),
    want: { status: 304, body: undefined },
  },
  {
    ...download,
    name: 'several are an archive to be fetched',
    send: choose('/a.txt', '/docs'),
    want: {
      status: 200,
      body: {
        data: {
          zipid: (id) => String(id).length >= 22,
          size: (bytes) => Number(bytes) > 100,
          wait: 0,
        },
      },
    },
    then: async (scene, answer) => {
      scene.kept.id = (answer.body as { data: { zipid: string } }).data.zipid
      const { body } = await scene.call('media.zip', 'reader', byId(scene))
      if (!String(body).includes('docs/b.txt')) throw new Error('the folder is not in it')
    },
  },
  {
    ...download,
    name: 'what is not there',
    send: unknown,
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    ...download,
    name: 'what is no name of a node',
    send: (scene) => ({ body: { hub_id: scene.id('/'), nid: [{ nid: object }] } }),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...download,
    name: 'nothing chosen',
    send: (scene) => ({ body: { hub_id: scene.id('/') } }),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    ...download,
    name: 'nobody reads nothing',
    as: null,
    send: choose('/docs'),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    ...size,
    name: 'what the archive would have',
    send: choose('/docs'),
    want: {
      status: 200,
      body: { data: { size: (bytes) => Number(bytes) > 100, socket_bound: false } },
    },
  },
  {
    ...size,
    name: 'what is not there',
    send: unknown,
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    ...size,
    name: 'what is no name of a node',
    send: (scene) => ({ body: { hub_id: scene.id('/'), nid: [{ nid: object }] } }),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...size,
    name: 'nothing chosen',
    send: (scene) => ({ body: { hub_id: scene.id('/') } }),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    ...size,
    name: 'nobody learns anything',
    as: null,
    send: choose('/docs'),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  ...dropping,
]
