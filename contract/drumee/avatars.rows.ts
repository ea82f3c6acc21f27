import { crc32, deflateSync } from 'node:zlib'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { ownRefusals } from './refusals.ts'

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A grey PNG of so many pixels an edge. */
function png(edge: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const pixels = Buffer.alloc(edge * (edge + 1))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const uploaded = (bytes: Buffer) => async (scene: Scene) => {
  const data = { filename: `p${scene.nodeId('/')}.png` }
  const headers = { 'x-param-xia-data': encodeURI(JSON.stringify(data)) }
  const { body } = await scene.call('media.upload', 'writer', { bytes, headers })
  scene.kept.id = (body as { data: { nid: string } }).data.nid
}

const takeIt = ({ kept }: Scene) => ({ body: { reference: kept.id } })
const writer = (scene: Scene) => userCode(scene.userId('writer'))
const isSilhouette = (body: unknown) => String(body).startsWith('<svg ')

/** Pictures of people. */
export const avatarRows: readonly ContractRow[] = [
  ...ownRefusals({
    op: 'drumate.set_avatar',
    values: { reference: 'x' },
    needs: ['reference'],
    bad: { reference: { x: 1 } },
  }),
  ...ownRefusals({ op: 'drumate.remove_avatar' }),
  {
    op: 'yp.avatar',
    name: 'who has none is a silhouette',
    as: 'writer',
    want: { status: 200, headers: { 'content-type': /^image\/svg/ }, body: isSilhouette },
  },
  {
    op: 'drumate.set_avatar',
    name: 'a picture of one’s own',
    as: 'writer',
    before: uploaded(png(300)),
    send: takeIt,
    want: (scene) => ({
      status: 200,
      body: { data: { id: writer(scene), avatar: `/-/avatar/${writer(scene)}` } },
      events: ['user.changed'],
    }),
  },
  {
    op: 'yp.avatar',
    name: 'is what the others see who know him, by the short address',
    as: 'reader',
    send: (scene) => ({ method: 'GET', path: `/-/avatar/${writer(scene)}?type=vignette&ts=1` }),
    want: {
      status: 200,
      headers: {
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-security-policy': /sandbox/,
      },
      body: (body) => String(body).includes('PNG'),
    },
  },
  ...(['member', null] as const).map(
    (as): ContractRow => ({
      op: 'yp.avatar',
      name: `${as} knows nobody here`,
      as,
      send: (scene) => ({ method: 'GET', path: `/-/avatar/${writer(scene)}` }),
      want: { status: 200, body: isSilhouette },
    }),
  ),
  {
    op: 'yp.avatar',
    name: 'of nobody',
    as: null,
    send: { method: 'GET', path: '/-/avatar/d0000000000fffff' },
    want: { status: 200, body: isSilhouette },
  },
  {
    op: 'yp.avatar',
    name: 'what is no user',
    as: 'reader',
    send: { body: { id: 'favicon' } },
    want: { status: 404, code: 'no_avatar' },
  },
  {
    op: 'yp.avatar',
    name: 'an id is a text',
    as: 'reader',
    send: { body: { id: { x: 1 } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.set_avatar',
    name: 'a file that is not there, or not seen',
    as: 'member',
    given: { '/a.png': { file: 'x' } },
    send: (scene) => ({ body: { reference: scene.id('/a.png') } }),
    want: { status: 404, code: 'no_avatar' },
  },
  ...(
    [
      ['a text', Buffer.from('hello')],
      ['half a picture', png(300).subarray(0, 60)],
      ['more pixels than are unpacked', png(1100)],
    ] as const
  ).map(
    ([name, bytes]): ContractRow => ({
      op: 'drumate.set_avatar',
      name: `not ${name}`,
      as: 'writer',
      before: uploaded(Buffer.from(bytes)),
      send: takeIt,
      want: { status: 400, code: 'INVALID_DATA' },
    }),
  ),
  {
    op: 'drumate.remove_avatar',
    name: 'back to the silhouette',
    as: 'writer',
    want: (scene) => ({
      status: 200,
      body: { data: { id: writer(scene) } },
      events: ['user.changed'],
    }),
    then: async (scene) => {
      const { body } = await scene.call('yp.avatar', 'writer', {})
      if (!isSilhouette(body)) throw new Error('the picture is still there')
    },
  },
]
