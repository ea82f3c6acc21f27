import type { ContractRow } from '../row.ts'
import { binOf, deleting, given, inBin, isTask } from './trash.rows.ts'

const undeleting: readonly ContractRow[] = [
  {
    op: 'fileopsUndelete',
    ...inBin,
    name: 'by the path that it had',
    send: (scene) => ({ body: { path: scene.path('/b.txt') } }),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/b.txt'), deleted: false, bytes: 4 },
      events: ['node.restored'],
    }),
  },
  {
    op: 'fileopsUndelete',
    ...inBin,
    before: undefined,
    name: 'rule 11: what was not deleted',
    send: (scene) => ({ body: { path: scene.path('/b.txt') } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsUndelete',
    ...inBin,
    before: deleting('/docs/a.txt', '/docs'),
    name: 'rule 11: inside a folder that was deleted later',
    send: (scene) => ({ body: { path: scene.path('/docs/a.txt') } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsUndelete',
    ...inBin,
    name: 'what never was',
    send: (scene) => ({ body: { path: scene.path('/never') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'fileopsUndelete',
    ...inBin,
    name: 'no path',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'fileopsMultiUndelete',
    ...inBin,
    name: 'rule 12: each for itself',
    send: (scene) => ({ body: { path: [scene.path('/b.txt'), scene.path('/never')] } }),
    want: (scene) => ({
      status: 200,
      body: {
        success: 1,
        failed: 1,
        nodes: [
          { path: scene.path('/b.txt'), error_code: null, bytes: 4 },
          { path: scene.path('/never'), error_code: 404 },
        ],
      },
      events: ['node.restored'],
    }),
  },
  {
    op: 'fileopsMultiUndelete',
    ...inBin,
    name: 'no path',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'fileopsMultiDelete',
    given,
    as: 'writer',
    name: 'rule 12: each for itself',
    send: (scene) => ({
      body: {
        path: [scene.path('/b.txt'), scene.path('/never'), scene.path('/docs')],
        only_empty: true,
      },
    }),
    want: (scene) => ({
      status: 200,
      body: {
        success: 1,
        failed: 2,
        nodes: [
          { path: scene.path('/b.txt'), error_code: null, deleted: true, is_in_trash: true },
          { error_code: 404 },
          { error_code: 403 },
        ],
      },
      events: ['node.deleted'],
    }),
  },
  {
    op: 'fileopsMultiDelete',
    given,
    as: 'writer',
    name: 'no path',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
]

const clearing: readonly ContractRow[] = [
  {
    op: 'trashClear',
    ...inBin,
    as: 'manager',
    name: 'some, for good',
    send: (scene) => ({ body: { paths: [binOf(scene, '/b.txt')] } }),
    want: { status: 200, body: { taskid: isTask }, events: ['node.purged'] },
  },
  {
    op: 'trashClear',
    ...inBin,
    as: 'reader',
    name: 'everything in the own home, in the background',
    send: { body: {} },
    want: { status: 200, body: { taskid: isTask }, events: 'any' },
  },
  {
    op: 'trashClear',
    ...inBin,
    name: 'who may not remove for good',
    send: (scene) => ({ body: { paths: [binOf(scene, '/b.txt')] } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'trashClear',
    ...inBin,
    as: 'manager',
    name: 'what is not in the bin',
    send: { body: { paths: ['x_999999999'] } },
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'trashClear',
    ...inBin,
    as: 'manager',
    name: 'a name that the bin does not give',
    send: { body: { paths: ['x'] } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'fileopsPurge',
    as: 'reader',
    name: 'old versions and deleted files of the own home',
    want: { status: 200, events: 'any' },
    then: async (scene) => {
      const { body } = await scene.call('fileopsPurgestatus', 'reader', {})
      if ((body as { status: string }).status === 'NONE') throw new Error('nothing runs')
    },
  },
  {
    op: 'fileopsPurgestatus',
    as: 'member',
    name: 'nothing was asked for',
    want: { status: 200, body: { status: 'NONE' } },
  },
]

export const trashChangeRows: readonly ContractRow[] = [...undeleting, ...clearing]
