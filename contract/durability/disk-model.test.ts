import { expect, test } from 'vitest'
import { diskModel, type Survival } from './disk-model.ts'
import { randomOf } from './random.ts'
import type { Recorded } from './record-log.ts'

const text = (value: string) => Buffer.from(value)

/** What is there when the power goes after these. */
function left(records: readonly Recorded[], survival: Survival = 'flushed') {
  const disk = diskModel()
  disk.apply({ kind: 'root', inode: 1n })
  for (const record of records) disk.apply(record)
  const image = disk.image(survival, randomOf(1))
  return Object.fromEntries([...image].map(([path, bytes]) => [path, bytes?.toString() ?? null]))
}

const flush = (inode: bigint, number: number): Recorded[] => [
  { kind: 'flush-begins', inode, number },
  { kind: 'flush-ends', number, worked: true },
]
const made: Recorded[] = [
  { kind: 'create', inode: 2n, path: '/a' },
  { kind: 'write', inode: 2n, at: 0, bytes: text('one') },
]

test('without a flush nothing is left, with a kept cache all is', () => {
  expect(left(made)).toEqual({})
  expect(left(made, 'all')).toEqual({ '/a': 'one' })
})

test('a name needs a flush of its folder, bytes need one of their file', () => {
  expect(left([...made, ...flush(2n, 1)])).toEqual({})
  expect(left([...made, ...flush(1n, 1)])).toEqual({ '/a': '' })
  expect(left([...made, ...flush(1n, 1), ...flush(2n, 2)])).toEqual({ '/a': 'one' })
})

test('a flush covers what was there when it began, once it has ended well', () => {
  const late: Recorded = { kind: 'write', inode: 2n, at: 3, bytes: text(' two') }
  const begun: Recorded[] = [
    ...made,
    ...flush(1n, 1),
    { kind: 'flush-begins', inode: 2n, number: 2 },
    late,
  ]
  expect(left(begun)).toEqual({ '/a': '' })
  expect(left([...begun, { kind: 'flush-ends', number: 2, worked: true }])).toEqual({ '/a': 'one' })
  expect(left([...begun, { kind: 'flush-ends', number: 2, worked: false }])).toEqual({ '/a': '' })
  const restarted: Recorded[] = [
    ...begun,
    { kind: 'root', inode: 1n },
    { kind: 'flush-ends', number: 2, worked: true },
  ]
  expect(left(restarted)).toEqual({ '/a': '' })
})

test('a file that was moved is lost or there twice as long as only one folder is flushed', () => {
  const moved: Recorded[] = [
    { kind: 'folder', inode: 3n, path: '/in' },
    ...flush(1n, 1),
    ...made,
    ...flush(2n, 2),
    { kind: 'rename', path: '/a', to: '/in/b' },
  ]
  expect(left(moved)).toEqual({ '/in': null })
  expect(left([...moved, ...flush(3n, 3)])).toEqual({ '/in': null, '/in/b': 'one' })
  expect(left([...moved, ...flush(1n, 3)])).toEqual({ '/in': null })
  expect(left(moved, 'all')).toEqual({ '/in': null, '/in/b': 'one' })
})

test('an inode that is used again is another file', () => {
  const again: Recorded[] = [
    ...made,
    ...flush(2n, 1),
    { kind: 'remove', path: '/a' },
    { kind: 'create', inode: 2n, path: '/c' },
    ...flush(1n, 2),
  ]
  expect(left(again)).toEqual({ '/c': '' })
})

test('of writes that were not flushed some survive, in whole or in sectors', () => {
  const bytes = Buffer.alloc(4096, 'x')
  const written: Recorded[] = [
    ...made,
    ...flush(1n, 1),
    ...Array.from({ length: 40 }, (_, index) => {
      return { kind: 'write', inode: 2n, at: index * 4096, bytes } as const
    }),
  ]
  const found = left(written, 'some')['/a'] ?? ''
  expect(found).toContain('x')
  expect(found).toContain('\0')
  expect(found.length).toBeLessThanOrEqual(40 * 4096)
})
