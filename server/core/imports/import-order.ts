import type { Task, TaskFacts } from '../tasks/task.ts'
import type { SourceRef } from './import-source.ts'

/** What an import was asked for: the input of its task. */
export type ImportOrder = {
  readonly url: string
  readonly ref: SourceRef
  readonly kind: 'folder' | 'file'
  /** The container that it goes into. */
  readonly into: number
  /** What it is called there. */
  readonly name: string
  /** Files with other bytes get a new version; else they stay as they are. */
  readonly replaces: boolean
}

export function inputOf(order: ImportOrder, sealedToken: string): TaskFacts {
  const { ref, ...others } = order
  return { ...others, room: ref.room, node: ref.node, sealedToken }
}

export function orderOf({ input }: Pick<Task, 'input'>): ImportOrder {
  return {
    url: String(input.url),
    ref: { room: String(input.room), node: String(input.node) },
    kind: input.kind === 'file' ? 'file' : 'folder',
    into: Number(input.into),
    name: String(input.name),
    replaces: input.replaces === true,
  }
}

/** Whether both bring the same to the same place. */
export function isSameOrder(one: ImportOrder, other: ImportOrder): boolean {
  const { ref, url, kind, into, name } = other
  const isSamePlace = one.into === into && one.name === name && one.kind === kind
  return isSamePlace && one.url === url && one.ref.room === ref.room && one.ref.node === ref.node
}

/** Where it comes from, for events and people. */
export function hostOf({ url }: ImportOrder): string {
  return new URL(url).host
}
