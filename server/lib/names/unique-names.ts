import { nameKey } from './name-key.ts'
import { numbered } from './numbered.ts'

/**
 * Gives names out once: a second 'a.txt' becomes 'a (1).txt'. Names are the same as in one folder
 * (docs/GLOSSARY.md), so that what is unpacked anywhere overwrites nothing.
 */
export function uniqueNames(): (name: string, isFile: boolean) => string {
  const taken = new Set<string>()
  return (name, isFile) => {
    let free = name
    for (let n = 1; taken.has(nameKey(free)); n++) free = numbered(name, n, isFile)
    taken.add(nameKey(free))
    return free
  }
}
