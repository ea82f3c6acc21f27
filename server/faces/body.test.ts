import { PassThrough, Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Fault } from '../core/fault.ts'
import { bodyBytes, readMultipart } from './body.ts'
import type { FaceRequest } from './operation.ts'

const part = (name: string, value: string, file = '') =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
const filePart = part('file', 'content', '; filename="a.txt"')

function requestOf(body: Readable): FaceRequest {
  return {
    id: 'r',
    method: 'POST',
    path: '/',
    search: '',
    query: new URLSearchParams(),
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    params: {},
    body,
    publicUrl: '',
    host: '',
    address: '',
    userAgent: '',
    limits: { maxBodyBytes: 1000, bodyTimeoutMs: 1000 },
  }
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += Buffer.from(chunk).toString()
  return text
}

const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)

describe('readMultipart', () => {
  it('gives the fields and what became of the file', async () => {
    const body = Readable.from([
      Buffer.from(`${part('a', '1')}${part('a', '2')}${filePart}--x--\r\n`),
    ])
    const { fields, result } = await readMultipart(requestOf(body), (file) => all(file.stream))
    expect({ ...fields }).toEqual({ a: ['1', '2'] })
    expect(result).toBe('content')
  })

  it.each([0, 30])(
    'lets no reader take a part that breaks off for whole (late by %i ms)',
    async (late) => {
      const body = Readable.from([Buffer.from(filePart.slice(0, -4))])
      let read: Promise<string> | undefined
      const work = readMultipart(requestOf(body), async ({ stream }) => {
        await wait(late)
        read = all(stream)
        return read
      })
      const error = await outcome(work)
      expect(error).toBeInstanceOf(Fault)
      expect((error as Fault).data.rule).toBe('multipart')
      await wait(late + 10)
      expect(await outcome(read ?? Promise.resolve())).toBeInstanceOf(Error)
    },
  )

  it('ends the reader when the client goes away', async () => {
    const body = new PassThrough()
    let read: Promise<string> | undefined
    const work = readMultipart(requestOf(body), ({ stream }) => {
      read = all(stream)
      return read
    })
    body.write(filePart.slice(0, -4))
    await wait(5)
    body.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    expect(await outcome(work)).toMatchObject({ code: 'invalid', data: { rule: 'aborted' } })
    expect(await outcome(read ?? Promise.resolve())).toBeInstanceOf(Error)
  })
})

describe('bodyBytes', () => {
  it('tells of a client that goes away', async () => {
    const body = new PassThrough()
    const work = outcome(all(bodyBytes(requestOf(body))))
    body.write('some')
    await wait(5)
    body.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    expect(await work).toMatchObject({ code: 'invalid', data: { rule: 'aborted' } })
  })
})
