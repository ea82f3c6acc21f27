import type { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { fault } from '../core/fault.ts'
import type { FaceRequest } from './operation.ts'

/** Values of a form or query: a repeated key holds a list. */
export type FormValues = Record<string, string | string[]>

/**
 * Reads a small body whole. Faults 'too-large' 'body' beyond the limit, 'invalid' 'body' (rule
 * 'timeout' or 'aborted') when it does not arrive.
 */
export async function readBody(request: FaceRequest): Promise<Buffer> {
  const { maxBodyBytes, bodyTimeoutMs } = request.limits
  const tooLarge = () => fault('too-large', 'body', undefined, { limit: maxBodyBytes })
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  const late = lateness(bodyTimeoutMs)
  const source = chunksOf(request)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const step = await Promise.race([source.next(), late.passed])
      if (step.done) break
      size += (step.value as Buffer).length
      if (size > maxBodyBytes) {
        // The rest can only be discarded once nobody iterates any more.
        await source.return?.()
        return tooLarge()
      }
      chunks.push(step.value as Buffer)
    }
  } catch (error) {
    if (error instanceof BodyTimeout) fault('invalid', 'body', undefined, { rule: 'timeout' })
    return refuseAborted(error)
  } finally {
    late.clear()
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)
}

/** `passed` rejects after the time; the body is left open, for the refusal goes over it. */
function lateness(ms: number): { passed: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new BodyTimeout()), ms)
  })
  passed.catch(() => undefined)
  return { passed, clear: () => clearTimeout(timer) }
}

class BodyTimeout extends Error {}

/** The body as it arrives; faults 'invalid' 'body' (rule 'aborted') where the client goes away. */
export async function* bodyBytes(request: FaceRequest): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunksOf(request)) yield chunk as Uint8Array
  } catch (error) {
    refuseAborted(error)
  }
}

/** Announced bodies of up to so many bytes are gathered by events: an iterator costs more. */
const gatheredBytes = 65_536

// Leaving early must not close the connection: the refusal is still to be sent over it.
function chunksOf({ body, headers }: FaceRequest): AsyncIterable<unknown> {
  const announced = Number(headers['content-length'] ?? Number.NaN)
  if (announced <= gatheredBytes) return gathered(body)
  return body.iterator({ destroyOnReturn: false })
}

async function* gathered(body: Readable): AsyncGenerator<Buffer> {
  if (!body.readableEnded) yield* await allChunks(body)
}

function allChunks(body: Readable): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const onData = (chunk: Buffer) => chunks.push(chunk)
    const onEnd = () => leave(() => resolve(chunks))
    const onError = (error: unknown) => leave(() => reject(error))
    const onClose = () => onError(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    const leave = (tell: () => void) => {
      body.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
      tell()
    }
    if (body.destroyed) return body.errored ? reject(body.errored) : onClose()
    body.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
  })
}

function refuseAborted(error: unknown): never {
  if ((error as { code?: string }).code === 'ECONNRESET') {
    fault('invalid', 'body', undefined, { rule: 'aborted' })
  }
  throw error
}

/** The media type of the body in lower case, without parameters; '' when none is given. */
export function mediaTypeOf(request: FaceRequest): string {
  const header = request.headers['content-type'] ?? ''
  return (header.split(';')[0] ?? '').trim().toLowerCase()
}

/** Parses UTF-8 JSON; faults 'invalid' 'body' with rule 'utf-8' or 'json'. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) {
      return fault('invalid', 'body', undefined, { rule: 'json', detail: error.message })
    }
    throw error
  }
}

/** Strict UTF-8; faults 'invalid' 'body' with rule 'utf-8'. */
export function utf8(bytes: Buffer): string {
  try {
    return strict.decode(bytes)
  } catch {
    return fault('invalid', 'body', undefined, { rule: 'utf-8' })
  }
}
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * Parses application/x-www-form-urlencoded text (or a query). Faults 'invalid' 'body' (rule
 * 'too-many-fields').
 */
export function parseForm(text: string | URLSearchParams): FormValues {
  if (typeof text === 'string' && hasTooMany(text)) {
    fault('invalid', 'body', undefined, { rule: 'too-many-fields' })
  }
  const values: FormValues = Object.create(null) as FormValues
  for (const [key, value] of new URLSearchParams(text)) addValue(values, key, value)
  return values
}

/** Node takes seconds for hundreds of thousands of fields without a value. */
const mostFields = 10_000

function hasTooMany(form: string): boolean {
  let fields = 0
  for (let at = form.indexOf('&'); at >= 0; at = form.indexOf('&', at + 1)) {
    fields += 1
    if (fields > mostFields) return true
  }
  return false
}

function addValue(values: FormValues, name: string, value: string): void {
  const before = values[name]
  if (before === undefined) values[name] = value
  else if (Array.isArray(before)) before.push(value)
  else values[name] = [before, value]
}

export type MultipartFile = {
  readonly field: string
  readonly fileName: string | undefined
  readonly mediaType: string
  readonly stream: Readable
}

const multipartLimits = { fields: 200, fieldSize: 65_536, files: 1, parts: 201, headerPairs: 50 }

/**
 * Streams a multipart/form-data body: fields are collected, the first file goes to `onFile` as it
 * arrives. Faults 'invalid' 'body' (rule 'multipart', 'no-file', 'too-many-parts').
 */
export async function readMultipart<T>(
  request: FaceRequest,
  onFile: (file: MultipartFile, fields: FormValues) => Promise<T>,
): Promise<{ fields: FormValues; result: T | undefined }> {
  const fields: FormValues = Object.create(null) as FormValues
  let work: Promise<T> | undefined
  let file: Readable | undefined
  const parser = busboyFor(request)
  const finished = new Promise<void>((resolve, reject) => {
    const refuse = (rule: string) => () => reject(new Malformed(rule))
    parser.on('partsLimit', refuse('too-many-parts'))
    parser.on('filesLimit', refuse('too-many-files'))
    parser.on('fieldsLimit', refuse('too-many-fields'))
    parser.on('field', (name: string, value: string) => addValue(fields, name, value))
    parser.on('file', (field, part, fileName, _encoding, mediaType) => {
      const stream = part as Readable
      file = stream
      // The parser tells of a broken part once and ends it: whoever reads later must not take what
      // is there for the whole, and without a listener the process would end.
      stream.on('error', (error) => stream.destroy(error))
      work = onFile({ field, fileName, mediaType, stream }, fields)
      work.catch(reject)
    })
    parser.on('finish', resolve)
    parser.on('error', (error: Error) => reject(new Malformed('multipart', error.message)))
    request.body.on('error', reject)
    request.body.on('aborted', refuse('aborted'))
  })
  request.body.pipe(parser)
  try {
    await finished
    return { fields, result: work ? await work : undefined }
  } catch (error) {
    request.body.unpipe(parser)
    file?.destroy(error instanceof Error ? error : undefined)
    if (error instanceof Malformed) {
      fault('invalid', 'body', undefined, { rule: error.rule, detail: error.message })
    }
    return refuseAborted(error)
  }
}

class Malformed extends Error {
  readonly rule: string
  constructor(rule: string, message = rule) {
    super(message)
    this.rule = rule
  }
}

function busboyFor(request: FaceRequest) {
  try {
    const headers = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' }
    return new Busboy({ headers, limits: multipartLimits })
  } catch (error) {
    return fault('invalid', 'body', undefined, {
      rule: 'multipart',
      detail: error instanceof Error ? error.message : '',
    })
  }
}
