import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import type { Picture, PreviewSize } from '../../core/previews/preview.ts'

/*
 * The program that decodes pictures, one file a process: it reads the file that it is told from its
 * folder, writes `small`, `middle` and `large` there, and says on its output what it wrote.
 */

export type WorkerOrder = {
  readonly source: 'source' | 'page.png'
  readonly maxPixels: number
  readonly memoryBytes: number
  /** Where the program is that limits it; absent: not installed. */
  readonly prlimit?: string
  readonly edges: Readonly<Record<PreviewSize, number>>
}

export type WorkerAnswer =
  | { readonly pictures: readonly Omit<Picture, 'bytes'>[] }
  | { readonly failure: 'unreadable' | 'too-large' }
  | { readonly missing: string }

const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map(
  (name) => `VipsForeignLoad${name}`,
)

// The process that wants the picture is gone.
process.stdin.on('end', () => process.exit(1)).resume()

process.stdout.write(JSON.stringify(await answer()), () => process.exit(0))

async function answer(): Promise<WorkerAnswer> {
  const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder
  limitMemory(order)
  let sharp: typeof import('sharp').default
  try {
    sharp = (await import('sharp')).default
  } catch (error) {
    return { missing: String(error).slice(0, 1000) }
  }
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: loaders })
  try {
    return { pictures: await pictures(sharp, order) }
  } catch (error) {
    const isLarge = error instanceof Error && /pixel limit|too large/i.test(error.message)
    return { failure: isLarge ? 'too-large' : 'unreadable' }
  }
}

/** To so much more than Node has taken for itself, which is most when it starts. */
function limitMemory({ prlimit, memoryBytes }: WorkerOrder): void {
  if (prlimit === undefined) return
  const [, taken = '0'] =
    /^VmData:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  const limit = Number(taken) * 1024 + memoryBytes
  execFileSync(prlimit, ['--pid', `${process.pid}`, `--data=${limit}`], { env: {} })
}

/** Decodes once, for the largest; the others are made of it. */
async function pictures(
  sharp: typeof import('sharp').default,
  { source, maxPixels, edges }: WorkerOrder,
): Promise<Omit<Picture, 'bytes'>[]> {
  const sizes = (['large', 'middle', 'small'] as const).map((size) => [size, edges[size]] as const)
  const options = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true } as const
  const largest = within(sharp(source, options).autoOrient(), edges.large)
  const { data, info } = await largest
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const made: Omit<Picture, 'bytes'>[] = []
  for (const [size, edge] of sizes) {
    const picture = within(sharp(data, { raw: { width, height, channels } }), edge)
    const hasAlpha = channels === 2 || channels === 4
    const encoded = hasAlpha ? picture.png() : picture.jpeg({ quality: 80 })
    const written = await encoded.toBuffer({ resolveWithObject: true })
    await writeFile(size, written.data, { mode: 0o600 })
    const mediaType = hasAlpha ? 'image/png' : 'image/jpeg'
    made.push({ size, mediaType, width: written.info.width, height: written.info.height })
  }
  return made
}

function within(picture: Sharp, edge: number): Sharp {
  return picture.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
}
