import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = {
  '/from': 'folder',
  '/from/a.txt': { file: 'aaa' },
  '/from/deep': 'folder',
  '/from/deep/d.txt': { file: 'd' },
  '/to': 'folder',
  '/to/a.txt': { file: 'other' },
  '/sub': 'room',
} as const

const named = (scene: Scene, ...paths: string[]) => paths.map((path) => ({ id: scene.id(path) }))

/** Sends nodes to a place. */
const placing =
  (target: string, paths: readonly string[], body: object = {}) =>
  (scene: Scene) => ({
    params: { node_id: scene.id(target) },
    body: { items: named(scene, ...paths), ...body },
  })

const a = ['/from/a.txt'] as const

async function namesIn(scene: Scene, path: string): Promise<string> {
  const query = { parent_id: scene.id(path) }
  const { body } = await scene.call('requestNodes', 'writer', { query })
  return (body as { items: { name: string }[] }).items.map(({ name }) => name).join(' ')
}

const holds = (path: string, names: string) => async (scene: Scene) => {
  const found = await namesIn(scene, path)
  if (found !== names) throw new Error(`${path} holds ${found} instead of ${names}`)
}

type Common = Omit<ContractRow, 'op'>
const base = { as: 'writer', given: tree } as const

/** What both refuse. */
const refused: readonly Common[] = [
  {
    ...base,
    name: 'fail',
    send: placing('/to', a, { resolutionStrategy: 'fail' }),
    want: { status: 409, code: -41001 },
  },
  {
    ...base,
    name: 'a container in the way',
    send: (scene) => ({
      params: { node_id: scene.id('/') },
      body: {
        items: [{ id: scene.id('/from/a.txt'), name: 'to' }],
        resolutionStrategy: 'overwrite',
      },
    }),
    want: { status: 409, code: -40010 },
  },
  {
    ...base,
    name: 'keeping links needs overwrite',
    send: placing('/to', a, { keepShareLinks: true }),
    want: { status: 400, code: -80034 },
  },
  {
    ...base,
    name: 'rooms stay where they are',
    as: 'manager',
    send: placing('/to', ['/sub']),
    want: { status: 400, code: -41052 },
  },
  {
    ...base,
    name: 'a file is no target',
    send: placing('/to/a.txt', a),
    want: { status: 400, code: -41053 },
  },
  {
    ...base,
    name: 'into its own child',
    send: placing('/from/deep', ['/from']),
    want: { status: 409, code: -41304 },
  },
  {
    ...base,
    name: 'from different parents',
    send: placing('/to', ['/from/a.txt', '/from/deep/d.txt']),
    want: { status: 400, code: -41054 },
  },
  {
    ...base,
    name: 'a name that is not allowed',
    send: (scene) => ({
      params: { node_id: scene.id('/to') },
      body: { items: [{ id: scene.id('/from/a.txt'), name: 'a:b' }] },
    }),
    want: { status: 400, code: -40755 },
  },
  {
    ...base,
    name: 'an unknown source',
    send: (scene) => ({
      params: { node_id: scene.id('/to') },
      body: { items: [{ id: 8888888 }] },
    }),
    want: { status: 404, code: -41050 },
  },
  {
    ...base,
    name: 'an unknown target',
    send: (scene) => ({ params: { node_id: 8888888 }, body: { items: named(scene, ...a) } }),
    want: { status: 404, code: -41051 },
  },
  { ...base, name: 'nothing', send: placing('/to', []), want: { status: 400, code: -80000 } },
  {
    ...base,
    name: 'a strategy that is none',
    send: placing('/to', a, { resolutionStrategy: 'guess' }),
    want: { status: 400 },
  },
]

/** What both do. */
function placed(event: 'node.moved' | 'node.copied', status: number): Common[] {
  return [
    {
      ...base,
      name: 'several, one renamed; the target is answered',
      send: (scene) => ({
        params: { node_id: scene.id('/to') },
        body: {
          items: [
            { id: scene.id('/from/a.txt'), name: 'b.txt', timestampModification: '2020-01-01' },
            { id: scene.id('/from/deep') },
          ],
        },
      }),
      want: (scene) => ({
        status,
        body: { id: scene.id('/to'), name: 'to', cntFiles: 2, cntFolders: 1, size: 9 },
        events: [event, event],
      }),
      then: holds('/to', 'deep a.txt b.txt'),
    },
    {
      ...base,
      name: 'the older nodeIds',
      send: (scene) => ({
        params: { node_id: scene.id('/sub') },
        body: { nodeIds: [scene.id('/from/a.txt')] },
      }),
      want: (scene) => ({
        status,
        body: { id: scene.id('/sub') },
        events: event === 'node.moved' ? ['node.left', event] : [event],
      }),
      then: holds('/sub', 'a.txt'),
    },
    {
      ...base,
      name: 'autorename is the default',
      send: placing('/to', a),
      want: { status, events: [event] },
      then: holds('/to', 'a (1).txt a.txt'),
    },
    {
      ...base,
      name: 'overwrite',
      send: placing('/to', a, { resolutionStrategy: 'overwrite', keepShareLinks: true }),
      want: { status, events: ['node.deleted', event] },
      then: holds('/to', 'a.txt'),
    },
  ]
}

function both(op: string, event: 'node.moved' | 'node.copied', status: number): ContractRow[] {
  return [
    ...[...placed(event, status), ...refused].map((row) => ({ ...row, op })),
    ...refusals({
      op,
      given: tree,
      send: placing('/to', a),
      invisible: { status: 404, code: -41051 },
    }),
  ]
}

/** Moving and copying. */
export const nodePlacesRows: readonly ContractRow[] = [
  ...both('moveNodes', 'node.moved', 200),
  ...both('copyNodes', 'node.copied', 201),
  {
    op: 'moveNodes',
    name: 'leaves nothing behind',
    as: 'writer',
    given: tree,
    send: placing('/sub', a),
    want: { status: 200, events: ['node.left', 'node.moved'] },
    then: holds('/from', 'deep'),
  },
  {
    op: 'moveNodes',
    name: 'to where it is already',
    as: 'writer',
    given: tree,
    send: placing('/from', a),
    want: { status: 400 },
  },
  {
    op: 'copyNodes',
    name: 'beside itself takes a number',
    as: 'writer',
    given: tree,
    send: placing('/from', a),
    want: { status: 201, events: ['node.copied'] },
    then: holds('/from', 'deep a (1).txt a.txt'),
  },
]
