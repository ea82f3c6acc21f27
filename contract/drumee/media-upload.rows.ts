import type { ContractRow, Scene } from '../row.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'old' } } as const

/** As the web client writes it: the name encoded, and the whole header once more (dossier 3). */
const upload =
  (values: (scene: Scene) => { filename?: string }, bytes: string | Uint8Array = 'hello') =>
  (scene: Scene) => {
    const { filename, ...rest } = values(scene)
    const name = filename === undefined ? {} : { filename: encodeURI(filename) }
    const data = { hub_id: scene.id('/'), ...name, ...rest }
    return {
      bytes,
      headers: {
        'content-type': 'application/octet-stream;%20charset=utf-8',
        'x-param-xia-data': encodeURI(JSON.stringify(data)),
      },
    }
  }

const md5 = '5d41402abc4b2a76b9719d911017c592'

export const mediaUploadRows: readonly ContractRow[] = [
  {
    op: 'media.upload',
    name: 'stores a file',
    as: 'writer',
    given,
    send: upload((scene) => ({
      filename: 'Zwölf 100%.Txt',
      nid: scene.id('/docs'),
      filesize: 5,
      md5Hash: md5,
      mimetype: 'text/x-own',
      echoId: 'e',
    })),
    want: (scene) => ({
      status: 200,
      body: {
        __ack__: 'media.upload',
        data: {
          filename: 'Zwölf 100%',
          ext: 'Txt',
          filesize: 5,
          md5Hash: md5,
          mimetype: 'text/x-own',
          pid: scene.id('/docs'),
          hub_id: scene.id('/'),
          replace: 0,
          echoId: 'e',
        },
      },
      events: ['file.created'],
    }),
  },
  {
    op: 'media.upload',
    name: 'no bytes are a file too',
    as: 'writer',
    send: upload(() => ({ filename: 'empty' }), new Uint8Array(0)),
    want: { status: 200, body: { data: { filesize: 0 } }, events: ['file.created'] },
  },
  {
    op: 'media.upload',
    name: 'two million bytes come back as they went',
    as: 'writer',
    send: upload(() => ({ filename: 'big.bin' }), bigBytes()),
    want: { status: 200, body: { data: { filesize: 2_000_000 } }, events: ['file.created'] },
    then: async (scene, answer) => {
      const { nid } = (answer.body as { data: { nid: string } }).data
      const again = await scene.call('media.orig', 'reader', { body: { nid } })
      if (again.body !== new TextDecoder().decode(bigBytes())) throw new Error('bytes differ')
    },
  },
  {
    op: 'media.upload',
    name: 'a taken name without replace',
    as: 'writer',
    given,
    send: upload((scene) => ({ filename: 'A.TXT', pid: scene.id('/docs') })),
    want: { status: 409, code: 'FILENAME_EXISTS' },
  },
  {
    op: 'media.upload',
    name: 'replace makes a new version of the same node',
    as: 'writer',
    given,
    send: upload((scene) => ({ filename: 'a.txt', pid: scene.id('/docs'), replace: 1 })),
    want: (scene) => ({
      status: 200,
      body: { data: { nid: scene.id('/docs/a.txt'), filesize: 5, replace: 1 } },
      events: ['file.version-created'],
    }),
  },
  {
    op: 'media.upload',
    name: 'replace by the id of the file',
    as: 'writer',
    given,
    send: upload((scene) => ({
      filename: 'whatever.txt',
      pid: scene.id('/docs'),
      nid: scene.id('/docs/a.txt'),
      replace: '1',
    })),
    want: (scene) => ({
      status: 200,
      body: { data: { nid: scene.id('/docs/a.txt'), filename: 'a' } },
      events: ['file.version-created'],
    }),
  },
  {
    op: 'media.upload',
    name: 'by a path in the hub, folders included',
    as: 'writer',
    send: upload(() => ({ filename: 'c.txt', ownpath: '/p/q/c.txt' })),
    want: {
      status: 200,
      body: { data: { ownpath: '/p/q/c.txt' } },
      events: ['folder.created', 'folder.created', 'file.created'],
    },
  },
  {
    op: 'media.upload',
    name: 'of a multipart body the first file',
    as: 'writer',
    send: (scene) => ({
      ...upload(() => ({ filename: 'm.txt' }), multipart)(scene),
      headers: {
        ...upload(() => ({ filename: 'm.txt' }))(scene).headers,
        'content-type': 'multipart/form-data; boundary=xx',
      },
    }),
    want: { status: 200, body: { data: { filesize: 5 } }, events: ['file.created'] },
  },
  {
    op: 'media.upload',
    name: 'other bytes than announced',
    as: 'writer',
    send: upload(() => ({ filename: 'x', filesize: 4 })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.upload',
    name: 'another checksum than announced',
    as: 'writer',
    send: upload(() => ({ filename: 'x', md5Hash: '0'.repeat(32) })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.upload',
    name: 'no name',
    as: 'writer',
    send: upload(() => ({})),
    want: { status: 412, code: 'VARIABLE **filename** IS MANDATORY' },
  },
  {
    op: 'media.upload',
    name: 'a name that cannot be',
    as: 'writer',
    send: upload(() => ({ filename: '../x' })),
    want: { status: 400, code: 'INVALID_FILENAME' },
  },
  {
    op: 'media.upload',
    name: 'a header that is no object',
    as: 'writer',
    send: { bytes: 'x', headers: { 'x-param-xia-data': '%7B' } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.upload',
    name: 'parameters in the query are not read',
    as: 'writer',
    send: { bytes: 'x', query: { filename: 'q.txt' } },
    want: { status: 412, code: 'VARIABLE **filename** IS MANDATORY' },
  },
  {
    op: 'media.upload',
    name: 'a folder that is not there',
    as: 'writer',
    send: upload(() => ({ filename: 'x', nid: 'a0000000000fffff' })),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.upload',
    name: 'a reader may not',
    as: 'reader',
    send: upload(() => ({ filename: 'x' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.upload',
    name: 'nobody may not',
    as: null,
    send: upload(() => ({ filename: 'x' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

const multipart = [
  '--xx',
  'content-disposition: form-data; name="note"',
  '',
  'not read',
  '--xx',
  'content-disposition: form-data; name="file"; filename="other.txt"',
  '',
  'multi',
  '--xx--',
  '',
].join('\r\n')

function bigBytes(): Uint8Array {
  return new Uint8Array(2_000_000).map((_byte, at) => 32 + ((at * 7 + (at >> 8)) % 90))
}
