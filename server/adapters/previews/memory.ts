import { fault } from '../../core/fault.ts'
import { type Picture, type PreviewSize, previewEdges } from '../../core/previews/preview.ts'
import type { Previewer } from '../../core/previews/previewer.ts'
import { pictureFacts } from '../../lib/bytes/picture-facts.ts'

export type MemoryPreviewer = Previewer & {
  /** How often it was asked to make previews. */
  readonly made: () => number
}

const signs = [Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('ffd8ff', 'hex')]

/** Takes PNG and JPEG files that are whole for their own previews, whatever their size. */
export function memoryPreviewer(): MemoryPreviewer {
  let count = 0
  let isClosed = false
  return {
    made: () => count,
    takes: (head) => signs.some((sign) => sign.equals(head.subarray(0, sign.length))),
    async make(source) {
      if (isClosed) fault('unavailable', 'preview', undefined, { reason: 'closed' })
      count += 1
      const bytes = Buffer.concat(await (await source.open()).toArray())
      const facts = pictureFacts(bytes)
      if (!facts) return { failure: 'unreadable' }
      const sizes = Object.keys(previewEdges) as PreviewSize[]
      return { pictures: sizes.map((size): Picture => ({ size, ...facts, bytes })) }
    },
    async close() {
      isClosed = true
    },
  }
}
