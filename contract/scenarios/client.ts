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
export type Files = {
  makeFolder(path: Path): Promise<Refusal | undefined>
  /** `replace` makes a new version of a file that is there; without it a taken name is refused. */
  upload(
    path: Path,
    bytes: Uint8Array,
    options?: { replace?: boolean },
  ): Promise<Refusal | undefined>
  download(path: Path, range?: { start: number; end: number }): Promise<Buffer | Refusal>
  list(path: Path): Promise<Entry[] | Refusal>
  rename(path: Path, name: string): Promise<Refusal | undefined>
  move(path: Path, folder: Path): Promise<Refusal | undefined>
  copy(path: Path, folder: Path): Promise<Refusal | undefined>
  remove(path: Path): Promise<Refusal | undefined>
  /** Takes what was deleted at this path last out of the bin of its room, back to where it was. */
  restore(path: Path): Promise<Refusal | undefined>
  changePassword(from: string, to: string): Promise<Refusal | undefined>
  signOut(): Promise<void>
}

export type Path = readonly string[]

/** People are named by their addresses, and folders that are shared by their own paths. */
export type Sharing = {
  /** Gives somebody a right on a folder, which is made if it is not there. */
  share(path: Path, email: string, right: Right): Promise<Refusal | undefined>
  /** The same for so many hours. */
  shareFor(path: Path, email: string, right: Right, hours: number): Promise<Refusal | undefined>
  /** Names of folders into which the person is invited. */
  offers(): Promise<string[] | Refusal>
  accept(name: string): Promise<Refusal | undefined>
  decline(name: string): Promise<Refusal | undefined>
  /** Who is in a folder by now. */
  members(path: Path): Promise<Member[] | Refusal>
  removeMember(path: Path, email: string): Promise<Refusal | undefined>
  /** Gives up what others share with the person. */
  leave(name: string): Promise<Refusal | undefined>
  /** Nobody but its owner has the folder then. */
  endSharing(path: Path): Promise<Refusal | undefined>
}

export type Right = 'read' | 'write'
export type Member = { readonly email: string; readonly right: Right }

/** Links let visitors fetch what is there, or bring files. */
export type Links = {
  /** Answers the token of a link, which may end after so many hours. */
  makeLink(path: Path, kind: LinkKind, terms?: LinkTerms): Promise<string | Refusal>
  /** The token of a link by which visitors fetch and bring. */
  makeBox(path: Path, terms?: LinkTerms): Promise<string | Refusal>
  endLink(path: Path, token: string): Promise<Refusal | undefined>
}

export type LinkKind = 'download' | 'upload'
export type LinkTerms = { readonly password?: string; readonly hours?: number }

export type Remarks = {
  comment(path: Path, text: string): Promise<Refusal | undefined>
  comments(path: Path): Promise<string[] | Refusal>
}

export type Versions = {
  /** The sizes of what a file held before, the newest first. */
  earlier(path: Path): Promise<number[] | Refusal>
  /** The newest of its earlier contents that has this size becomes the current one. */
  bringBack(path: Path, size: number): Promise<Refusal | undefined>
}

export type Searching = {
  /** Names of everything that has this in its name. */
  search(text: string): Promise<string[] | Refusal>
}

/** What the person is told as it happens: the names of nodes, in order. */
export type Watch = { readonly heard: string[]; stop(): void }
export type Watching = { watch(): Promise<Watch> }

export type Person = Files & Searching & Sharing & Links & Remarks & Versions & Watching

/** Somebody without an account who has entered a link; the path of what it shows is []. */
export type Visitor = {
  list(path: Path): Promise<Entry[] | Refusal>
  download(path: Path): Promise<Buffer | Refusal>
  bring(name: string, bytes: Uint8Array): Promise<Refusal | undefined>
}

/** What an API has no word for; everything else each client does as its users would. */
const missing = {
  // A member is in a room as soon as he is named, until he is taken out.
  dracoon: ['shareFor', 'offers', 'accept', 'decline', 'leave', 'makeBox', 'watch'],
  cloudike: ['shareFor', 'makeBox'],
  drumee: ['search', 'comment', 'comments', 'earlier', 'bringBack'],
} as const satisfies Record<string, readonly (keyof Person)[]>

type FaceName = keyof typeof missing

/** Somebody who is signed in through a face that has all words but its missing ones. */
export function knowing<Name extends FaceName>(
  name: Name,
  words: Omit<Person, (typeof missing)[Name][number]>,
): Person {
  const unknown = missing[name].map((word) => {
    const refuse = () => {
      throw new Error(`${name} has no word to ${word}`)
    }
    return [word, refuse] as const
  })
  const person: Partial<Person> = { ...Object.fromEntries(unknown), ...words }
  return person as Person
}

export const hasWord = ({ name }: FaceClient, word: keyof Person) =>
  !(missing[name] as readonly string[]).includes(word)

export type FaceClient = {
  readonly name: FaceName
  /** An empty name or one with a slash is no name there, but another path. */
  readonly speaksInPaths: boolean
  signIn(url: string, login: string, password: string): Promise<Person>
  /** Enters a link of this kind, as its address says it. */
  visit(url: string, link: LinkRef, password?: string): Promise<Visitor | Refusal>
}

export type LinkRef = { readonly token: string; readonly kind: LinkKind }

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
