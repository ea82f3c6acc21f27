import { crc32, inflateSync } from 'node:zlib'

/** What the bytes of a picture say of themselves. */
export type PictureFacts = {
  readonly mediaType: 'image/png' | 'image/jpeg'
  readonly width: number
  readonly height: number
}

/**
 * Type and size of a whole PNG or JPEG picture; undefined for anything else, and for one that is
 * cut off or broken. Pixels are not decoded, but all of a PNG's are there; one with a longer edge
 * than `maxEdge` is not looked at.
 */
export function pictureFacts(bytes: Buffer, maxEdge = usualMaxEdge): PictureFacts | undefined {
  return bytes.subarray(0, 8).equals(pngSignature) ? pngFacts(bytes, maxEdge) : jpegFacts(bytes)
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')
const usualMaxEdge = 4096
/** Samples of a pixel by PNG's colour type. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** PNG specification, 5 and 11.2: chunks with sums, IHDR first, IEND last. */
function pngFacts(bytes: Buffer, maxEdge: number): PictureFacts | undefined {
  const data: Buffer[] = []
  let header: Buffer | undefined
  let at = 8
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
    const content = bytes.subarray(at + 8, end - 4)
    if (header === undefined) {
      if (type !== 'IHDR' || length !== 13) return undefined
      header = content
    }
    if (type === 'IDAT') data.push(content)
    if (type === 'IEND') return pngOf(header, Buffer.concat(data), maxEdge)
    at = end
  }
  return undefined
}

function pngOf(header: Buffer, data: Buffer, maxEdge: number): PictureFacts | undefined {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const samples = samplesOf[header[9] ?? -1]
  const depth = header[8] ?? 0
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(depth)) return undefined
  if (width === 0 || height === 0 || width > maxEdge || height > maxEdge) return undefined
  const facts = { mediaType: 'image/png', width, height } as const
  // Adam7 has lines of its own; it is enough that the data ends well.
  const lines = height * (1 + Math.ceil((width * samples * depth) / 8))
  const isInterlaced = header[12] === 1
  try {
    const pixels = inflateSync(data, { maxOutputLength: isInterlaced ? lines * 2 : lines })
    return isInterlaced || pixels.length === lines ? facts : undefined
  } catch {
    return undefined
  }
}

/** ITU-T T.81, B.1: segments after markers; a frame header has the size; EOI ends. */
function jpegFacts(bytes: Buffer): PictureFacts | undefined {
  const isWhole =
    bytes.length > 4 &&
    bytes.readUInt16BE(0) === 0xffd8 &&
    bytes.readUInt16BE(bytes.length - 2) === 0xffd9
  if (!isWhole) return undefined
  let at = 2
  let size: { width: number; height: number } | undefined
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return undefined
    if (marker === 0xda) return size && { mediaType: 'image/jpeg', ...size }
    if (isFrame(marker)) {
      if (length < 8) return undefined
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += 2 + length
  }
  return undefined
}

/** SOF0 to SOF15, without the tables that lie between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
