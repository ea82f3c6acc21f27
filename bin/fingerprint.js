import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * Names a state of the sources by their paths, sizes and times, without reading them: a bundle
 * under this name is fresh. Plain JavaScript, for it runs before anything else.
 * @param {string} root the project's folder
 * @returns {string} 16 hex digits
 */
export function fingerprint(root) {
  const hash = createHash('sha256')
  const add = (/** @type {string} */ path) => {
    const facts = statSync(path)
    hash.update(`${relative(root, path)}\n${facts.size}\n${facts.mtimeMs}\n`)
  }
  const walk = (/** @type {string} */ folder) => {
    const entries = readdirSync(folder, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (/(?<!\.(?:test|suite))\.(?:ts|json)$/.test(entry.name)) add(path)
    }
  }
  walk(join(root, 'server'))
  for (const name of ['package-lock.json', 'tools/build.ts']) add(join(root, name))
  return hash.digest('hex').slice(0, 16)
}
