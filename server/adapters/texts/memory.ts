import { checkTextMessage } from '../../core/texts/text-fields.ts'
import type { Texter, TextMessage } from '../../core/texts/texter.ts'

/** Keeps what it is given, for tests. */
export type MemoryTexter = Texter & { readonly sent: TextMessage[] }

export function memoryTexter(): MemoryTexter {
  const sent: TextMessage[] = []
  return {
    sent,
    async send(message) {
      checkTextMessage(message)
      sent.push(message)
    },
    async check() {},
  }
}
