import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { adminPassword } from '../world.ts'

/** The connection ended without a whole answer: the change may have happened or not. */
export class Unanswered extends Error {}

export type Answer = {
  readonly status: number
  readonly body: Buffer
  /** The server's own name of the request. */
  readonly requestId: string
}

export type Call = {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bytes?: Uint8Array
}

/** Headers by which the administrator is known, in each of the APIs that are spoken here. */
export type Signed = Readonly<Record<'dracoon' | 'drumee', Readonly<Record<string, string>>>>

export async function signIn(url: string): Promise<Signed> {
  return {
    dracoon: await dracoon.signIn(url, 'admin', adminPassword),
    drumee: await drumee.signIn(url, 'admin', adminPassword),
  }
}

/** One request; only a whole answer counts. Throws Unanswered. */
export async function send(url: string, call: Call): Promise<Answer> {
  const { method, path, headers, json, bytes } = call
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  const body = json === undefined ? (bytes as Uint8Array<ArrayBuffer>) : JSON.stringify(json)
  try {
    const response = await fetch(url + path, { method, headers: { ...type, ...headers }, body })
    return {
      status: response.status,
      body: Buffer.from(await response.arrayBuffer()),
      requestId: response.headers.get('x-request-id') ?? '',
    }
  } catch (error) {
    throw new Unanswered(`${method} ${path}`, { cause: error })
  }
}

/** The answer's JSON; an answer that is no success is an error of the test or the server. */
export function success<T>(call: Call, { status, body }: Answer): T {
  const text = body.toString()
  if (status >= 300) throw new Error(`${call.method} ${call.path}: ${status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}
