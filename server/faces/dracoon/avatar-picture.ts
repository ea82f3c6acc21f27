import { crc32, deflateSync } from 'node:zlib'
import { glyphRows } from './glyphs.ts'

/** Edge of an avatar in pixels, as the wire wants them (dossier 7.4). */
export const avatarEdge = 256

const dot = 16
const glyphColumns = 5
const gap = 1

/**
 * A square PNG with the initials in white on a colour that goes with them. Letters outside of
 * A–Z and 0–9 lose their accents or are left out; without any letter it shows a plain square.
 */
export function avatarPicture(initials: string): Buffer {
  const letters = [...plain(initials)].map(glyphRows).filter((one) => one !== undefined)
  return png(draw(letters.slice(0, 2)), colourOf(initials))
}

function plain(initials: string): string {
  return initials.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
}

/** One palette index a pixel, with the filter byte 0 before each line. */
function draw(letters: readonly (readonly number[])[]): Buffer {
  const pixels = Buffer.alloc(avatarEdge * (avatarEdge + 1))
  const columns = letters.length * (glyphColumns + gap) - gap
  const left = Math.floor((avatarEdge - columns * dot) / 2)
  const top = Math.floor((avatarEdge - 7 * dot) / 2)
  letters.forEach((rows, index) => {
    rows.forEach((bits, row) => {
      for (let column = 0; column < glyphColumns; column++) {
        if (((bits >> (glyphColumns - 1 - column)) & 1) === 0) continue
        const x = left + (index * (glyphColumns + gap) + column) * dot
        for (let y = top + row * dot; y < top + (row + 1) * dot; y++) {
          const start = y * (avatarEdge + 1) + 1 + x
          pixels.fill(1, start, start + dot)
        }
      }
    })
  })
  return pixels
}

// Each has a contrast of at least 4.5:1 to white.
const colours = ['0b5a6b', '6b3a7d', '8a3b12', '2f5d34', '7a2e4a', '3a4a8c', '5a5200', '4a4a4a']

function colourOf(initials: string): string {
  const sum = [...initials].reduce((total, one) => total + (one.codePointAt(0) ?? 0), 0)
  return colours[sum % colours.length] ?? '4a4a4a'
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** An 8-bit palette PNG of two colours (PNG specification, 11.2). */
function png(pixels: Buffer, colour: string): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(avatarEdge, 0)
  header.writeUInt32BE(avatarEdge, 4)
  header[8] = 8
  header[9] = 3
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(`${colour}ffffff`, 'hex')),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
