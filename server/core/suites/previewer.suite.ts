import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pictureFacts } from '../../lib/bytes/picture-facts.ts'
import { previewEdges, previewSizes } from '../previews/preview.ts'
import { headBytes, type Previewed, type Previewer } from '../previews/previewer.ts'
import { faultOf } from './node-world.suite.ts'

export type PreviewerSubject = {
  readonly previewer: Previewer
  stop(): Promise<void>
}

/** A source of these bytes. */
export const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.byteLength,
  head: bytes.subarray(0, headBytes),
  open: async () => Readable.from([Buffer.from(bytes)]),
})

/** A PNG of 4 × 3 pixels. */
export const smallPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWM4' +
    'Y2wMRww4OQAfFg5Zfg2ZiwAAAABJRU5ErkJggg==',
  'base64',
)

/** What every previewer has to do. */
export function previewerSuite(name: string, open: () => Promise<PreviewerSubject>): void {
  describe(`${name} is a previewer`, () => {
    let subject: PreviewerSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.stop())
    const make = (bytes: Uint8Array): Promise<Previewed> => subject.previewer.make(sourceOf(bytes))

    it('makes a picture of every size, not larger than the file shows', async () => {
      expect(subject.previewer.takes(smallPng)).toBe(true)
      const made = await make(smallPng)
      const pictures = 'pictures' in made ? made.pictures : []
      expect(pictures.map(({ size }) => size).toSorted()).toEqual(previewSizes.toSorted())
      for (const { bytes, mediaType, width, height, size } of pictures) {
        expect(pictureFacts(Buffer.from(bytes))).toEqual({ mediaType, width, height })
        expect([width, height, Math.max(width, height) <= previewEdges[size]]).toEqual([4, 3, true])
      }
    })

    it('takes nothing but what it can draw', () => {
      const texts = [
        '',
        'a',
        'plain text',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '#EXTM3U\n',
      ]
      for (const text of texts) expect(subject.previewer.takes(Buffer.from(text)), text).toBe(false)
    })

    it('says of what is broken that it cannot be read', async () => {
      expect(await make(smallPng.subarray(0, 60))).toEqual({ failure: 'unreadable' })
    })

    it('passes on that the bytes are not there', async () => {
      const open = () => Promise.reject(new Error('no disk'))
      await expect(subject.previewer.make({ ...sourceOf(smallPng), open })).rejects.toThrow(
        'no disk',
      )
    })

    it('makes nothing once it is closed', async () => {
      await subject.previewer.close()
      expect(await faultOf(make(smallPng))).toBe('unavailable preview')
    })
  })
}
