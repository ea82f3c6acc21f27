import type { App } from '../server/core/ctx.ts'
import type { DocumentedOperation, JsonSchema } from '../server/faces/documented.ts'
import type { Send } from './row.ts'

/** How tests speak one face: where it lies, how it signs in, what it calls a node. */
export type FaceDriver = {
  readonly name: 'dracoon' | 'cloudike' | 'drumee'
  readonly prefix: string
  readonly operations: Readonly<Record<string, DocumentedOperation>>
  readonly schemas: Readonly<Record<string, JsonSchema>>
  /** Bodies are forms in the document (validators read text loosely). */
  readonly coerceBody: boolean
  /** Headers of a signed-in user. */
  signIn(url: string, login: string, password: string): Promise<Record<string, string>>
  /** The face's id of a node of the core. */
  idOf(app: App, tenantId: number, nodeId: number): Promise<string | number>
  /** The face's path of a node that lies in this top room. */
  pathOf(roomName: string, path: string): string
  /** The error code in an error body. */
  codeOf(body: unknown): number | string | undefined
}

export type HttpAnswer = { status: number; headers: Headers; body: unknown; text: string }

/** Sends one operation of a face's document; JSON bodies unless `bytes` are given. */
export async function callOperation(
  driver: FaceDriver,
  base: string,
  op: string,
  send: Send,
  headers: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  const operation = driver.operations[op]
  if (!operation) throw new Error(`${driver.name} has no operation ${op}`)
  const path = send.path ?? driver.prefix + fillPath(operation.path, send.params ?? {})
  const url = new URL(base + path)
  for (const [key, value] of Object.entries(send.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, String(value))
  }
  const body = send.bytes ?? (send.body === undefined ? undefined : JSON.stringify(send.body))
  const type = send.bytes === undefined && body !== undefined ? 'application/json' : undefined
  const response = await fetch(url, {
    method: send.method ?? operation.method,
    redirect: 'manual',
    headers: { ...(type ? { 'content-type': type } : {}), ...headers, ...send.headers },
    ...(body === undefined ? {} : { body: body as string }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parsed(text), text }
}

function fillPath(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`the path parameter ${name} is missing`)
    return String(value).split('/').map(encodeURIComponent).join('/')
  })
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
