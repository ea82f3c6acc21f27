import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { Scene } from '../row.ts'

export const given = {
  '/docs': 'folder',
  '/docs/photo.png': { file: smallPng },
  '/docs/broken.png': { file: smallPng.subarray(0, 60) },
  '/docs/named.jpg': { file: 'no picture at all' },
  '/docs/paper.pdf': { file: '%PDF-1.4 and more' },
} as const

export const picture = {
  status: 200,
  headers: {
    'content-type': 'image/jpeg',
    'content-disposition': /^inline; filename="photo.png.jpg"/,
    'x-content-type-options': 'nosniff',
    etag: /^"/,
  },
} as const

export const asked =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ query: { path: scene.path(path), ...more } })
export const told =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ body: { path: scene.path(path), ...more } })
