import type { Ctx } from '../server/core/ctx.ts'
import type { EventType } from '../server/core/event.ts'
import type { SunkMail } from './mail-sink.ts'
import type { SunkText } from './text-sink.ts'

/** Who calls. `stranger` is an administrator of another tenant; null calls without a session. */
export type Persona = 'admin' | 'manager' | 'writer' | 'reader' | 'member' | 'stranger' | null

/**
 * What is there before the call, below a room of the row's own ('/'): 'room', 'folder', or the
 * text or bytes of a file. In '/', manager holds everything, writer
 * read-create-change-delete-links, reader reads, member nothing.
 */
export type Given = Readonly<
  Record<string, 'room' | 'folder' | { readonly file: string | Uint8Array }>
>

export type Send = {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Sent as it is instead of `body`. */
  readonly bytes?: Uint8Array | string
  /** Another method or path than the document's first. */
  readonly method?: string
  readonly path?: string
}

/** Expected value: a subset of objects, whole arrays, or a function that must answer true. */
export type Expected =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Expected[]
  | { readonly [key: string]: Expected }
  | ((value: unknown) => boolean)

export type Want = {
  readonly status: number
  /** The face's own error code. */
  readonly code?: number | string
  readonly body?: Expected
  readonly headers?: Readonly<Record<string, string | RegExp>>
  /** Exactly these events, in this order; default: none may happen. 'any' does not look. */
  readonly events?: readonly EventType[] | 'any'
}

/** What a row can ask about its scene. Paths are those of `given`. */
export type Scene = {
  readonly url: string
  /** The face's own id of a node (or, for paths, its path). */
  id(path: string): string | number
  /** The core's lasting id. */
  nodeId(path: string): number
  userId(persona: Exclude<Persona, null>): number
  /** The face's path of a node, for faces that speak in paths. */
  path(path: string): string
  /** Calls another operation as somebody, for a state that `given` cannot say. */
  call(op: string, as: Persona, send: Send): Promise<{ status: number; body: unknown }>
  /** The core as somebody with every role, for a state that no operation makes. */
  core(persona: Exclude<Persona, null>): Ctx
  /** The next mail to this address, where the rows run with mail. */
  waitForMail(to: string): Promise<SunkMail>
  /** The next text message to this number, where the rows run with them. */
  waitForText(to: string): Promise<SunkText>
  /** Values that `before` left. */
  readonly kept: Record<string, unknown>
}

/** One call and everything that must be true of its answer. */
export type ContractRow = {
  readonly op: string
  readonly name: string
  readonly as: Persona
  readonly given?: Given
  readonly before?: (scene: Scene) => Promise<void>
  readonly send?: Send | ((scene: Scene) => Send)
  readonly want: Want | ((scene: Scene) => Want)
  /** Further truths after the answer. */
  readonly then?: (
    scene: Scene,
    answer: { status: number; body: unknown; headers: Headers },
  ) => Promise<void>
}
