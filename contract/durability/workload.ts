import { changed, emptyJournal, type Journal } from './journal.ts'
import { type Lane, openLane } from './lane.ts'
import {
  candidates,
  goOn,
  type Kind,
  type Operation,
  operationOf,
  sharedName,
} from './operations.ts'
import type { Random } from './random.ts'

/** An operation that a client began, and which answer ended each of its steps. */
export type Done = {
  readonly operation: Operation
  readonly answers: readonly string[]
  readonly before: Journal
  readonly after: Journal
}

/** A client that changes its own folders and keeps a journal; several work beside each other. */
export type Client = {
  readonly lane: Lane
  readonly random: Random
  readonly done: Done[]
  /** Request id of the answer after which the folders are there. */
  readonly opened: string
  journal: Journal
  /** Told the request id of every answer. */
  readonly listener: { tell: (requestId: string) => void }
}

export async function openClient(url: string, name: string, random: Random): Promise<Client> {
  const heard: string[] = []
  const listener = { tell: (id: string) => void heard.push(id) }
  const lane = await openLane(url, name, ({ requestId }) => {
    if (requestId === '') throw new Error('an answer without a request id')
    listener.tell(requestId)
  })
  const opened = heard.at(-1) ?? ''
  return { lane, random, done: [], opened, listener, journal: emptyJournal }
}

/** Runs operations of these kinds one after the other. */
export async function work(url: string, client: Client, kinds: readonly Kind[]): Promise<void> {
  for (const kind of kinds) {
    const paths = candidates(kind, client.journal)
    if (paths?.length === 0) {
      const name = kind === 'share' ? sharedName : `old-${client.done.length}`
      await step(url, client, 'one-call-small', { name })
    }
    const old = candidates(kind, client.journal)
    const name = `${kind}-${client.done.length}`
    await step(url, client, kind, { name, old: old?.[client.random.below(old.length)] })
  }
}

async function step(
  url: string,
  client: Client,
  kind: Kind,
  about: { readonly name: string; readonly old?: string },
): Promise<void> {
  const { lane, random, journal: before } = client
  const operation = operationOf(kind, lane, random, about)
  const answers: string[] = []
  const after = changed(before, operation.change)
  // Kept before it begins: it may be there, in part or whole, from its first call on.
  client.done.push({ operation, answers, before, after })
  client.listener.tell = (id) => answers.push(id)
  await goOn(operation, url)
  client.journal = after
}
