/** Why a face refused, in domain words; `status` and `text` are what it said. */
export type Refusal = {
  readonly refused:
    | 'not-found'
    | 'forbidden'
    | 'name-taken'
    | 'invalid'
    | 'unauthenticated'
    | 'too-large'
    | 'other'
  readonly status: number
  readonly text: string
}

export type Entry = {
  readonly name: string
  readonly kind: 'room' | 'folder' | 'file'
  readonly size: number
}

/**
 * What a person does with files, the same words for every API. Paths begin with the name of a top
 * room, or with '~' for the own home: ['~', 'letters', 'a.txt']. Every call answers a Refusal
 * instead of throwing when the face refuses.
 */
export type Person = {
  makeFolder(path: readonly string[]): Promise<Refusal | undefined>
  /** `replace` makes a new version of a file that is there; without it a taken name is refused. */
  upload(
    path: readonly string[],
    bytes: Uint8Array,
    options?: { replace?: boolean },
  ): Promise<Refusal | undefined>
  download(
    path: readonly string[],
    range?: { start: number; end: number },
  ): Promise<Buffer | Refusal>
  list(path: readonly string[]): Promise<Entry[] | Refusal>
  rename(path: readonly string[], name: string): Promise<Refusal | undefined>
  move(path: readonly string[], folder: readonly string[]): Promise<Refusal | undefined>
  copy(path: readonly string[], folder: readonly string[]): Promise<Refusal | undefined>
  remove(path: readonly string[]): Promise<Refusal | undefined>
  signOut(): Promise<void>
}

export type FaceClient = {
  readonly name: 'dracoon' | 'cloudike' | 'drumee'
  /** An empty name or one with a slash is no name there, but another path. */
  readonly speaksInPaths: boolean
  signIn(url: string, login: string, password: string): Promise<Person>
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}

/** A refusal from an HTTP status, for faces whose statuses mean what they say. */
export function refusal(status: number, text: string): Refusal {
  return { refused: kinds[status] ?? 'other', status, text: text.slice(0, 300) }
}

const kinds: Readonly<Record<number, Refusal['refused']>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'name-taken',
  412: 'invalid',
  413: 'too-large',
  // The name was longer than a request line or header may be.
  414: 'invalid',
  431: 'invalid',
}
