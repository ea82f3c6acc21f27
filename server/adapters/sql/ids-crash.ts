import type { Engine } from './engine.ts'
import { ids } from './ids.ts'
import { openEngine } from './open-engine.ts'

/**
 * A process for a test to kill: takes ids and stores them without end, and prints each id when its
 * write has been answered. The argument is the URL of the database.
 */
type Tables = { thing: { id: number } }

async function storeForEver(engine: Engine<Tables>): Promise<void> {
  for (;;) {
    const id = await engine.write(async (db) => {
      const [first, second] = await ids.take(db, 'thing', 2)
      await db.insertInto('thing').values({ id: first! }).execute()
      return second!
    })
    process.stdout.write(`${id}\n`)
  }
}

const engine = await openEngine<Tables>({ url: process.argv[2]!, role: 'tool' })
await Promise.all(Array.from({ length: 8 }, () => storeForEver(engine)))
