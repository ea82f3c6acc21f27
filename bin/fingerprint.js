import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'

/**
 * Names a state of the sources by their paths, sizes and times, without reading them: a bundle
 * under this name is fresh. Plain JavaScript, for it runs before anything else.
 * @param {string} root the project's folder
 * @returns {string} 16 hex digits
 */
export function fingerprint(root) {
  const hash = createHash('sha256')
  // By plain text, since some thousand calls of node:path are to be felt at every start.
  const add = (/** @type {string} */ path) => {
    const facts = statSync(`${root}/${path}`)
    hash.update(`${path}\n${facts.size}\n${facts.mtimeMs}\n`)
  }
  const walk = (/** @type {string} */ folder) => {
    const entries = readdirSync(`${root}/${folder}`, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (/(?<!\.(?:test|suite))\.(?:ts|json)$/.test(entry.name)) add(path)
    }
  }
  walk('server')
  for (const name of ['package-lock.json', 'tools/build.ts']) add(name)
  return hash.digest('hex').slice(0, 16)
}
