import type { Tx } from '../../core/store.ts'
import { accessStore } from './access-store.ts'
import { eventStore } from './event-store.ts'
import { nodeStore } from './node-store.ts'
import type { Scope } from './scope.ts'
import { tallyStore } from './tally-store.ts'

/** The stores of one tenant on one handle, each made when it is first asked for. */
export function txOf(scope: Scope): Tx {
  const made: { -readonly [K in keyof Tx]?: Tx[K] } = {}
  return {
    get nodes() {
      made.nodes ??= nodeStore(scope)
      return made.nodes
    },
    get tallies() {
      made.tallies ??= tallyStore(scope)
      return made.tallies
    },
    get access() {
      made.access ??= accessStore(scope)
      return made.access
    },
    get events() {
      made.events ??= eventStore(scope)
      return made.events
    },
    get users() {
      return absent('users')
    },
    get sessions() {
      return absent('sessions')
    },
    get clients() {
      return absent('clients')
    },
    get throttle() {
      return absent('throttle')
    },
    get links() {
      return absent('links')
    },
    get exports() {
      return absent('exports')
    },
    get uploads() {
      return absent('uploads')
    },
    get blobs() {
      return absent('blobs')
    },
    get jobs() {
      return absent('jobs')
    },
  }
}

function absent(noun: keyof Tx): never {
  throw new Error(`The store of ${noun} is not written yet`)
}
