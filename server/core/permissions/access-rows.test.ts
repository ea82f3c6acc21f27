import { describe, expect, test } from 'vitest'
import { accessRows, inheritedRows } from './access-rows.ts'
import { ALL, MANAGE, READ } from './permission.ts'

const grant = { roomId: 5, userId: 1, permissions: READ, expireAt: 99 }

describe('accessRows', () => {
  test('a grant holds on its room and below, and opens the way from above', () => {
    const held = { userId: 1, permissions: READ, viaId: 5, expireAt: 99 }
    expect(accessRows([grant], [5, 6], [1, 2])).toEqual([
      { ...held, boundaryId: 5 },
      { ...held, boundaryId: 6 },
      { ...held, boundaryId: 1, permissions: 0 },
      { ...held, boundaryId: 2, permissions: 0 },
    ])
  })

  test('managing brings everything', () => {
    expect(accessRows([{ ...grant, permissions: MANAGE }], [5], [])).toMatchObject([
      { permissions: ALL },
    ])
  })
})

describe('inheritedRows', () => {
  test('passage is not inherited', () => {
    const row = { boundaryId: 5, userId: 1, permissions: READ, viaId: 2, expireAt: null }
    const passage = { ...row, userId: 2, permissions: 0 }
    expect(inheritedRows([row, passage], 7)).toEqual([{ ...row, boundaryId: 7 }])
  })
})
