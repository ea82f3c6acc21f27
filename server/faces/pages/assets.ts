import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fault } from '../../core/fault.ts'
import type { Row } from '../operation.ts'

const files = {
  'page.css': {
    type: 'text/css; charset=utf-8',
    text: readFileSync(new URL('./assets/page.css', import.meta.url), 'utf8'),
  },
  'upload.js': {
    type: 'text/javascript; charset=utf-8',
    text: readFileSync(new URL('./assets/upload.js', import.meta.url), 'utf8'),
  },
  'way.js': {
    type: 'text/javascript; charset=utf-8',
    text: readFileSync(new URL('./assets/way.js', import.meta.url), 'utf8'),
  },
} as const

type Name = keyof typeof files

const markOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
const paths = new Map(
  Object.entries(files).map(([name, { text }]) => [name, `/public/assets/${markOf(text)}/${name}`]),
)

/** Where a file of the pages lies; another text of it has another address. */
export function assetPath(name: Name): string {
  return paths.get(name) ?? ''
}

/** Style and script of the pages. */
export const assetRows: Row[] = [
  {
    id: 'asset',
    auth: 'none',
    async handle(_ctx, { params }) {
      const { name = '' } = params
      if (!Object.hasOwn(files, name)) return fault('not-found', 'body')
      const { text, type } = files[name as Name]
      const headers = {
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      }
      return { status: 200, headers, text, type }
    },
  },
]
