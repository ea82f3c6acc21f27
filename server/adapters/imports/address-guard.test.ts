import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { isFault } from '../../core/fault.ts'
import { addressGuard, guardedLookup } from './address-guard.ts'

const closed = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1'],
  ...['fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'ff02::1', '2001:db8::1', '2001::1'],
  ...['2002:7f00:1::', '100::1', 'localhost', '', '1.2.3', '0x7f000001'],
]
const open = ['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::8a']

describe('the guard of addresses', () => {
  it.each(closed)('does not let %s be called', (address) => {
    expect(addressGuard([])(address)).toBe(false)
  })

  it.each(open)('lets %s be called', (address) => {
    expect(addressGuard([])(address)).toBe(true)
  })

  it('lets networks be called that are named', () => {
    const mayCall = addressGuard(['loopback', '10.1.0.0/16', 'fd12::1'])
    const asked = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.9.9', 'fd12::1', '1.1.1.1']
    expect(asked.map(mayCall)).toEqual(asked.map(() => true))
    expect(['10.2.0.1', 'fd12::2', '192.168.1.1'].map(mayCall)).toEqual([false, false, false])
  })

  it('holds for the addresses that a name leads to', async () => {
    const find = promisify(guardedLookup(addressGuard([])))
    const error: unknown = await find('localhost', {}).catch((reason: unknown) => reason)
    expect(isFault(error, 'forbidden')).toBe(true)
    const loopback = promisify(guardedLookup(addressGuard(['127.0.0.1'])))
    expect(await loopback('localhost', { family: 4 })).toBe('127.0.0.1')
    expect(await loopback('localhost', { all: true })).toEqual([
      { address: '127.0.0.1', family: 4 },
    ])
  })
})
