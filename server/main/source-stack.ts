import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const place = /(file:\/\/[^\s()]+|\/[^\s():]+\.js):(\d+):(\d+)/g
const maps = new Map<string, SourceMap | undefined>()

/** The map beside a bundle, read when first asked for; none beside a plain file. */
function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) {
    let map: SourceMap | undefined
    try {
      map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    maps.set(file, map)
  }
  return maps.get(file)
}

/**
 * A stack with the places of the sources instead of those of a bundle. Maps are read only when an
 * error is shown: to have Node read them at the start costs 50 MiB and 130 ms.
 */
export function sourceStack(stack: string): string {
  try {
    return stack.replace(place, (whole, address: string, line: string, column: string) => {
      const file = address.startsWith('file:') ? fileURLToPath(address) : address
      const found = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1)
      if (!found || !('originalSource' in found)) return whole
      const source = resolve(dirname(file), found.originalSource)
      return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`
    })
  } catch {
    // A damaged map must not hide the error itself.
    return stack
  }
}
