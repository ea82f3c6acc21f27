import type { BlobRow } from '../blobs/blob-row-store.ts'
import { hashBytes } from '../blobs/hash-bytes.ts'
import { endFlight, type Flight, landFlight } from '../blobs/keys-in-flight.ts'
import { type Received, receive } from '../blobs/receive.ts'
import type { Ctx } from '../ctx.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Picture } from './preview.ts'
import { headBytes, type Previewed, type Previewer } from './previewer.ts'

/** Work of this process by tenant and blob, so that nothing is made twice at once. */
const underWay = new WeakMap<Previewer, Map<string, Promise<boolean>>>()

/** Whether something here makes pictures of these bytes. */
export async function takesFile(ctx: Ctx, file: OpenFile): Promise<boolean> {
  if (ctx.previewer === null) return false
  return ctx.previewer.takes(await headOf(file))
}

/**
 * Makes and keeps the previews of a file that was authorised; false where none can be made. Who
 * asks while they are being made waits for the same work. Faults 'unavailable' 'preview'.
 */
export async function makePreviews(ctx: Ctx, file: OpenFile): Promise<boolean> {
  const { previewer } = ctx
  if (previewer === null) return false
  const works = underWay.get(previewer) ?? new Map<string, Promise<boolean>>()
  underWay.set(previewer, works)
  const key = keyOf(ctx, file)
  const running = works.get(key)
  if (running) return running
  const work = makeAll(ctx, previewer, file).finally(() => works.delete(key))
  works.set(key, work)
  return work
}

/** Whether this process makes them now. */
export function areBeingMade(ctx: Ctx, file: OpenFile): boolean {
  const works = ctx.previewer === null ? undefined : underWay.get(ctx.previewer)
  return works?.has(keyOf(ctx, file)) ?? false
}

const keyOf = (ctx: Ctx, { content }: OpenFile) => `${ctx.tenant.id} ${content.blobId}`

async function makeAll(ctx: Ctx, previewer: Previewer, file: OpenFile): Promise<boolean> {
  const head = await headOf(file)
  if (!previewer.takes(head)) return false
  const made = await previewer.make({ size: file.size, head, open: () => file.open() })
  await keep(ctx, file, made)
  return 'pictures' in made
}

/** Its first bytes, by which is told what it is; all of a smaller file. */
export async function headOf(file: OpenFile): Promise<Uint8Array> {
  if (file.size === 0) return new Uint8Array()
  const stream = await file.open({ start: 0, end: Math.min(headBytes, file.size) - 1 })
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

type Arrived = { readonly picture: Picture; readonly blob: BlobRow; readonly received: Received }

async function keep(ctx: Ctx, file: OpenFile, made: Previewed): Promise<void> {
  const { blobId } = file.content
  if ('failure' in made) {
    ctx.log.info({ blob: blobId, failure: made.failure }, 'No preview can be made')
    await ctx.write(async (tx) => {
      await requireBlob(tx, blobId)
      await tx.previews.putFailure(blobId, ctx.now)
    })
    return
  }
  const arrived: Arrived[] = []
  try {
    for (const picture of made.pictures) arrived.push(await arrive(ctx, picture))
    await ctx.write(async (tx) => {
      await requireBlob(tx, blobId)
      for (const one of arrived) await insertBlob(ctx, tx, one)
      const stored = arrived.map(({ picture: { bytes: _, ...facts }, blob }) => ({
        ...facts,
        blobId: blob.id,
      }))
      await tx.previews.put(blobId, ctx.now, stored)
    })
  } finally {
    for (const flight of flightsOf(arrived)) endFlight(ctx, flight)
  }
}

/** The file may have been purged meanwhile, and its blob swept. */
async function requireBlob(tx: Tx, blobId: string): Promise<void> {
  if (!(await tx.blobs.keep([blobId])).has(blobId)) fault('not-found', 'version')
}

async function arrive(ctx: Ctx, picture: Picture): Promise<Arrived> {
  const { bytes } = picture
  const hashes = await hashBytes(ctx, bytes)
  const received = await receive(ctx, once(bytes), {
    keepBytes: ctx.limits.smallFileBytes,
    maxBytes: bytes.byteLength,
    hashings: [],
  })
  const id = received.kind === 'many' ? received.flight.key : ctx.secrets.blobKey()
  const blob = { id, size: bytes.byteLength, createdAt: ctx.now, ...hashes }
  return { picture, blob, received }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes
}

async function insertBlob(ctx: Ctx, tx: Tx, { blob, received }: Arrived): Promise<void> {
  if (received.kind === 'few') return tx.blobs.insertSmall(blob, received.bytes)
  await landFlight(ctx, tx, received.flight)
  await tx.blobs.insert(blob, [{ key: received.flight.key, size: received.size }])
}

function flightsOf(arrived: readonly Arrived[]): Flight[] {
  return arrived.flatMap(({ received }) => (received.kind === 'many' ? [received.flight] : []))
}
