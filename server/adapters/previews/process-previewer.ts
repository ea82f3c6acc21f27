import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { type Picture, type PreviewFailure, previewEdges } from '../../core/previews/preview.ts'
import type { Previewed, Previewer, PreviewSource } from '../../core/previews/previewer.ts'
import { findProgram } from './find-program.ts'
import { inJobFolder, sweepJobFolders } from './job-folder.ts'
import { jobQueue } from './job-queue.ts'
import type { WorkerAnswer, WorkerOrder } from './picture-worker.ts'
import { type Ended, runProgram } from './run-program.ts'
import { type SourceKind, sourceKind } from './source-kind.ts'

export type PreviewerOptions = {
  /** A folder of ours alone; what it holds is removed. */
  readonly folder: string
  readonly processes: number
  /** How many may wait besides. */
  readonly queue: number
  /** For one preview, and for waiting. */
  readonly seconds: number
  readonly memoryBytes: number
  readonly maxPixels: number
  readonly maxBytes: number
  readonly log: Pick<Log, 'warn'>
  /** Where programs are, in the form of PATH. */
  readonly path: string
}

/** Programs beside Node; undefined: not installed. */
type Tools = Readonly<Record<'prlimit' | 'pdftoppm' | 'ffmpeg', string | undefined>>

type Job = {
  readonly options: PreviewerOptions
  readonly tools: Tools
  readonly folder: string
  readonly until: number
  readonly signal: AbortSignal
  /** Called when the library turns out not to work on this machine. */
  onMissing(reason: string): void
}

/** The longer edge of a page of a PDF document and of a frame. */
const drawnEdge = previewEdges.large
/** The largest file that a program here writes. */
const maxWritten = 64 * 2 ** 20
const secondsToStart = 5
/** What Node may take for a moment when it starts. */
const startBytes = 2 ** 31

/** Whether the library that decodes pictures is installed; only processes beside us load it. */
export function hasPictureLibrary(): boolean {
  try {
    createRequire(import.meta.url).resolve('sharp')
    return true
  } catch {
    return false
  }
}

/**
 * Makes previews in processes of their own, a new one for each file: pictures by sharp, the first
 * page of a PDF document by pdftoppm, a frame of a video by ffmpeg, where these are installed. Each
 * process has limits of time and, where there is `prlimit` (Linux), of memory; the two programs are
 * not run without it.
 */
export function processPreviewer(options: PreviewerOptions): Previewer {
  const { processes, queue: length, seconds, maxBytes, path } = options
  const tools = {
    prlimit: findProgram('prlimit', path),
    pdftoppm: findProgram('pdftoppm', path),
    ffmpeg: findProgram('ffmpeg', path),
  }
  const queue = jobQueue({ atOnce: processes, length, waitMs: seconds * 1000 })
  const closing = new AbortController()
  const swept = sweepJobFolders(options.folder)
  let isMissing = false
  const onMissing = (error: string) => {
    isMissing = true
    options.log.warn({ error }, 'sharp does not work on this machine: no previews are made')
  }
  const taken = (head: Uint8Array): SourceKind | undefined => {
    const found = isMissing ? undefined : sourceKind(head)
    return found && canDraw(found, tools) ? found : undefined
  }
  const work = async (source: PreviewSource, kind: SourceKind) => {
    await swept
    return inJobFolder(options.folder, async (folder) => {
      const ms = seconds * 1000
      const { signal } = closing
      const job = { options, tools, folder, until: Date.now() + ms, signal, onMissing }
      const bytes = await source.open()
      const place = createWriteStream(join(folder, 'source'), { mode: 0o600 })
      await pipeline(bytes, place, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]),
      })
      return draw(job, kind)
    })
  }
  return {
    takes: (head) => taken(head) !== undefined,
    async make(source) {
      const kind = taken(source.head)
      if (!kind) return { failure: 'unreadable' }
      if (source.size > maxBytes) return { failure: 'too-large' }
      const made = await queue
        .run(() => work(source, kind))
        .catch((error: unknown) => {
          if (closing.signal.aborted) return 'closed' as const
          // The bytes came too slowly, which says nothing of them.
          if (error instanceof Error && error.name === 'AbortError') return 'busy' as const
          throw error
        })
      return typeof made === 'string' ? unavailable(made) : made
    },
    async close() {
      closing.abort()
      await queue.close()
    },
  }
}

function unavailable(reason: string): never {
  return fault('unavailable', 'preview', undefined, { reason })
}

function canDraw({ kind }: SourceKind, { prlimit, pdftoppm, ffmpeg }: Tools): boolean {
  if (kind === 'image') return true
  return prlimit !== undefined && (kind === 'pdf' ? pdftoppm : ffmpeg) !== undefined
}

async function draw(job: Job, kind: SourceKind): Promise<Previewed> {
  if (kind.kind === 'image') return decode(job, 'source')
  const { command, args } = kind.kind === 'pdf' ? pageCommand(job) : frameCommand(job, kind)
  const ended = await run(job, command, args, job.options.memoryBytes)
  const failure = failureOf(ended)
  return failure === undefined ? decode(job, 'page.png') : { failure }
}

function pageCommand({ tools }: Job) {
  const size = ['-scale-to', `${drawnEdge}`]
  const args = ['-f', '1', '-l', '1', '-singlefile', ...size, '-png', '-q', 'source', 'page']
  return { command: tools.pdftoppm ?? '', args }
}

/** The demuxer is named, so that no playlist is looked for, and only files may be read. */
function frameCommand({ tools, options }: Job, { demuxer }: { demuxer: string }) {
  const edge = `scale=w=${drawnEdge}:h=${drawnEdge}:force_original_aspect_ratio=decrease`
  const args = [
    ...['-nostdin', '-v', 'error', '-threads', '1', '-protocol_whitelist', 'file'],
    ...['-max_pixels', `${options.maxPixels}`, '-f', demuxer, '-i', 'file:source'],
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-vf', `${edge},thumbnail=n=24`, '-frames:v', '1', '-threads', '1'],
    ...['-f', 'image2', '-update', '1', 'file:page.png'],
  ]
  return { command: tools.ffmpeg ?? '', args }
}

async function decode(job: Job, source: WorkerOrder['source']): Promise<Previewed> {
  const { maxPixels, memoryBytes } = job.options
  const { prlimit } = job.tools
  const order: WorkerOrder = { source, maxPixels, memoryBytes, prlimit, edges: previewEdges }
  const worker = fileURLToPath(new URL('./picture-worker.ts', import.meta.url))
  const args = ['--max-old-space-size=64', '--no-warnings', worker, JSON.stringify(order)]
  const ended = await run(job, process.execPath, args, memoryBytes + startBytes)
  const failure = failureOf(ended)
  if (failure !== undefined) return { failure }
  const answer = JSON.parse(ended.output) as WorkerAnswer
  if ('missing' in answer) {
    job.onMissing(answer.missing)
    return unavailable('missing')
  }
  if ('failure' in answer) return answer
  return { pictures: await Promise.all(answer.pictures.map((facts) => read(job, facts))) }
}

async function read({ folder }: Job, facts: Omit<Picture, 'bytes'>): Promise<Picture> {
  return { ...facts, bytes: await readFile(join(folder, facts.size)) }
}

/** Under limits of memory, of processor time, and of what it writes. */
function run(
  { options, tools, folder, until, signal }: Job,
  command: string,
  args: string[],
  memoryBytes: number,
): Promise<Ended> {
  const ms = Math.max(1, until - Date.now())
  const common = { folder, ms, signal }
  if (tools.prlimit === undefined) return runProgram({ command, args, ...common })
  const limits = [
    `--data=${memoryBytes}`,
    `--cpu=${options.seconds + secondsToStart}`,
    `--fsize=${maxWritten}`,
    '--core=0',
  ]
  const limited = [...limits, '--', command, ...args]
  return runProgram({ command: tools.prlimit, args: limited, ...common })
}

/** A program that died found the bytes too much for it, or broken. */
function failureOf({ outcome, code }: Ended): PreviewFailure | undefined {
  if (outcome === 'done') return undefined
  if (outcome === 'aborted' || outcome === 'unstarted') {
    return unavailable(outcome)
  }
  if (outcome === 'late') return 'too-slow'
  return code === null ? 'too-large' : 'unreadable'
}
