import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

describe('gather', () => {
  it('joins chunks up to its limit and says how much it took', () => {
    const all = gather(10, 4)
    expect(all.add(Buffer.from('abc'))).toBe(3)
    expect(all.add(Buffer.from('defgh'))).toBe(5)
    expect(all.add(Buffer.from('ijklm'))).toBe(2)
    expect(all.add(Buffer.from('n'))).toBe(0)
    expect(all.length()).toBe(10)
    expect(Buffer.from(all.bytes()).toString()).toBe('abcdefghij')
  })

  it('keeps a copy', () => {
    const chunk = Buffer.from('abc')
    const all = gather(10)
    all.add(chunk)
    chunk.fill(0)
    expect(Buffer.from(all.bytes()).toString()).toBe('abc')
  })

  it('is empty at first', () => {
    expect(gather(10).bytes().byteLength).toBe(0)
  })
})
