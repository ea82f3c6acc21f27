import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { askingClient } from './asking-client.ts'

const asked = (from: string, headers: Record<string, string>) => {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: from })
  return Object.assign(new IncomingMessage(socket), { headers })
}
const forwarded = {
  host: 'inside',
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
  'x-forwarded-host': 'files.example',
}

test('nobody is believed where no proxy is trusted', () => {
  const told = askingClient([])(asked('127.0.0.1', forwarded))
  expect(told).toEqual({ address: '127.0.0.1', host: 'inside' })
})

test('a trusted proxy tells whose a request is, as far as trust goes', () => {
  const told = askingClient(['loopback'])(asked('127.0.0.1', forwarded))
  expect(told).toEqual({ address: '198.51.100.7', host: 'files.example' })
})

test('somebody else who says so is not believed', () => {
  const told = askingClient(['loopback'])(asked('198.51.100.7', forwarded))
  expect(told).toEqual({ address: '198.51.100.7', host: 'inside' })
})
