import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { Previewed, Previewer } from '../../core/previews/previewer.ts'
import { faultOf } from '../../core/suites/node-world.suite.ts'
import { previewerSuite, smallPng, sourceOf } from '../../core/suites/previewer.suite.ts'
import { findProgram } from './find-program.ts'
import { type PreviewerOptions, processPreviewer } from './process-previewer.ts'

const root = mkdtempSync(join(tmpdir(), 'strongroom-previews-'))
const path = process.env.PATH ?? ''
const tools = ['prlimit', 'pdftoppm', 'ffmpeg'].every((name) => findProgram(name, path))
if (!tools) console.log('previews of PDF and video are not tested: their programs are missing')
const closers: Previewer[] = []
let count = 0

function open(options: Partial<PreviewerOptions> = {}): { previewer: Previewer; folder: string } {
  const folder = join(root, `${++count}`)
  const limits = { processes: 2, queue: 20, seconds: 30, memoryBytes: 2 ** 29 }
  const sizes = { maxPixels: 100_000_000, maxBytes: 2 ** 20 }
  const log = { warn: () => undefined }
  const previewer = processPreviewer({ folder, path, log, ...limits, ...sizes, ...options })
  closers.push(previewer)
  return { previewer, folder }
}

afterAll(async () => {
  for (const previewer of closers) await previewer.close()
  rmSync(root, { recursive: true })
})

previewerSuite('processPreviewer', async () => {
  const { previewer } = open()
  return { previewer, stop: () => previewer.close() }
})

const told = (made: Previewed) =>
  'failure' in made
    ? made.failure
    : made.pictures.map(({ size, width, height }) => `${size} ${width}×${height}`).join(', ')

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c63' } })

/** A PNG that says so many pixels, and has none. */
function hugePng(): Buffer {
  const header = Buffer.from('0000c3500000c3500103000000', 'hex')
  header.writeUInt8(0, 9)
  const data = deflateSync(Buffer.alloc(1000))
  const chunk = (type: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), content])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const end = chunk('IEND', Buffer.alloc(0))
  return Buffer.concat([smallPng.subarray(0, 8), chunk('IHDR', header), chunk('IDAT', data), end])
}

describe('pictures', () => {
  const { previewer, folder } = open()
  const make = async (bytes: Uint8Array) => told(await previewer.make(sourceOf(bytes)))

  it('are upright, small enough, and without what the camera said', async () => {
    const exif = { IFD0: { Copyright: 'somebody' } }
    const photo = plain(3000, 1500).jpeg().withMetadata({ orientation: 6 }).withExifMerge(exif)
    const made = await previewer.make(sourceOf(await photo.toBuffer()))
    expect(told(made)).toBe('large 640×1280, middle 320×640, small 100×200')
    const pictures = 'pictures' in made ? made.pictures : []
    expect((await sharp(pictures[0]!.bytes).metadata()).exif).toBeUndefined()
  })

  it('of what can be seen through stay so; of what moves the first is taken', async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0.5 }
    const clear = sharp({ create: { width: 9, height: 9, channels: 4, background } })
    const made = await previewer.make(sourceOf(await clear.webp().toBuffer()))
    expect('pictures' in made && made.pictures[0]?.mediaType).toBe('image/png')
    const pages = [await plain(8, 6).png().toBuffer(), await plain(8, 6).png().toBuffer()]
    const moving = sharp(pages, { join: { animated: true } })
    expect(await make(await moving.gif().toBuffer())).toContain('small 8×6')
  })

  it('more than can be held are not decoded', async () => {
    expect(await make(hugePng())).toBe('too-large')
    expect(await make(Buffer.concat([smallPng, Buffer.alloc(2 ** 20)]))).toBe('too-large')
  })

  it('that are cut off, or only called so, are none', async () => {
    const whole = await plain(600, 600).jpeg().toBuffer()
    expect(await make(whole.subarray(0, whole.length / 2))).toBe('unreadable')
    expect(await make(Buffer.from('\xff\xd8\xff and text', 'latin1'))).toBe('unreadable')
  })

  it('of a kind that is not decoded are not taken', () => {
    for (const brand of ['heic', 'mif1', 'jxl ']) {
      expect(previewer.takes(Buffer.from(`\0\0\0\x18ftyp${brand}`)), brand).toBe(false)
    }
    expect(previewer.takes(Buffer.from('BM and text'))).toBe(false)
  })

  it('leave nothing behind', () => {
    expect(readdirSync(folder)).toEqual([])
  })
})

const pdfOf = (more: string) => `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>> endobj
trailer <</Root 1 0 R${more}>>
%%EOF`
const key = `<${'00'.repeat(32)}>`
const lock = `/ID[${key}${key}]/Encrypt<</Filter/Standard/V 1/R 2/O${key}/U${key}/P -4>>`

describe.skipIf(!tools)('documents and videos', () => {
  const { previewer } = open()
  const make = async (bytes: Uint8Array) => told(await previewer.make(sourceOf(bytes)))
  const recorded = (name: string, ...args: string[]) => {
    const file = join(root, name)
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', ...args, '-y', file])
    return readFileSync(file)
  }

  it('of a PDF document the first page', async () => {
    expect(await make(Buffer.from(pdfOf('')))).toBe('large 1280×640, middle 640×320, small 200×100')
  })

  it('not of one with a password, nor of a broken one', async () => {
    expect(await make(Buffer.from(pdfOf(lock)))).toBe('unreadable')
    expect(await make(Buffer.from('%PDF-1.7\nnothing'))).toBe('unreadable')
  })

  it('of a video a frame', async () => {
    const video = recorded('v.mp4', 'testsrc=size=160x90:rate=10:duration=0.5', '-c:v', 'mpeg4')
    expect(await make(video)).toBe('large 1280×720, middle 640×360, small 200×113')
  })

  it('of a video that shows nothing, none', async () => {
    expect(await make(recorded('a.mp4', 'sine=duration=0.1', '-c:a', 'aac'))).toBe('unreadable')
  })

  it('not where the programs are missing', () => {
    const bare = open({ path: '/nowhere' }).previewer
    expect(previewer.takes(Buffer.from('%PDF-1.4'))).toBe(true)
    expect(bare.takes(Buffer.from('%PDF-1.4'))).toBe(false)
    expect(bare.takes(Buffer.from('\0\0\0\x18ftypmp42'))).toBe(false)
    expect(bare.takes(smallPng)).toBe(true)
  })
})

describe('limits', () => {
  const forever = () => {
    const stream = new Readable({ read: () => undefined })
    return { ...sourceOf(smallPng), open: async () => stream }
  }

  it('who comes when too much waits is told so', async () => {
    const { previewer } = open({ processes: 1, queue: 1 })
    const all = [forever(), forever(), sourceOf(smallPng)].map((one) =>
      faultOf(previewer.make(one)),
    )
    expect(await all[2]).toBe('unavailable preview')
    await previewer.close()
    expect(await Promise.all(all)).toEqual(Array(3).fill('unavailable preview'))
  })

  it('what takes too long is ended', async () => {
    const { previewer, folder } = open({ seconds: 0.01 })
    expect(await previewer.make(sourceOf(smallPng))).toEqual({ failure: 'too-slow' })
    expect(await faultOf(previewer.make(forever()))).toBe('unavailable preview')
    expect(readdirSync(folder)).toEqual([])
  })

  it('what a process that died has left is removed, what another works on is not', async () => {
    const { previewer, folder } = open()
    await previewer.make(sourceOf(smallPng))
    const machine = hostname().replaceAll(/[^\w-]/g, '_')
    const [left, alive] = [`99999999.${machine}.a`, `${process.ppid}.${machine}.b`]
    const elsewhere = '99999999.another.c'
    for (const name of [left, alive, elsewhere]) mkdirSync(join(folder, name))
    const other = processPreviewer({ ...limitsOf(folder) })
    closers.push(other)
    await other.make(sourceOf(smallPng))
    expect(readdirSync(folder).toSorted()).toEqual([alive, elsewhere].toSorted())
  })
})

const limitsOf = (folder: string): PreviewerOptions => ({
  folder,
  path,
  processes: 1,
  queue: 1,
  seconds: 30,
  memoryBytes: 2 ** 29,
  maxPixels: 1_000_000,
  maxBytes: 2 ** 20,
  log: { warn: () => undefined },
})
