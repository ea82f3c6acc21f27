import type { Face, Route } from '../operation.ts'
import { accountPageRows } from './account-page.ts'
import { assetRows } from './assets.ts'
import { downloadPageRows } from './download-page.ts'
import { failedPage, faultPage, notFoundPage } from './faults.ts'
import { registerPageRows } from './register-page.ts'
import { uploadPageRows } from './upload-page.ts'
import { uploadStartRows } from './upload-start.ts'
import { wayPageRows } from './way-page.ts'

const routes: readonly Route[] = [
  route('asset', ['GET', 'HEAD'], 'assets/:mark/:name'),
  route('download', ['GET', 'HEAD'], 'download-shares/:key'),
  route('downloadPassword', ['POST'], 'download-shares/:key'),
  route('fetch', ['POST'], 'download-shares/:key/fetch'),
  route('preview', ['GET', 'HEAD'], 'download-shares/:key/preview'),
  route('file', ['GET', 'HEAD'], 'download-shares/:key/files/:ticket'),
  route('archive', ['GET', 'HEAD'], 'download-shares/:key/archives/:ticket'),
  route('way', ['GET', 'HEAD'], 'go'),
  route('link', ['GET', 'HEAD'], 'shares/:key'),
  route('password', ['GET', 'HEAD'], 'account/password'),
  route('setPassword', ['POST'], 'account/password'),
  ...['address', 'return', 'approval'].flatMap((name) => [
    route(name, ['GET', 'HEAD'], `account/${name}`),
    route(`${name}Now`, ['POST'], `account/${name}`),
  ]),
  route('register', ['GET', 'HEAD'], 'register'),
  route('registerNow', ['POST'], 'register'),
  route('bring', ['POST'], 'download-shares/:key/uploads'),
  route('bring', ['POST'], 'upload-shares/:key/uploads'),
  route('upload', ['GET', 'HEAD'], 'upload-shares/:key'),
  route('uploadPassword', ['POST'], 'upload-shares/:key'),
]

function route(operationId: string, methods: string[], path: string): Route {
  return { operationId, methods, path: `/public/${path}` }
}

/** The pages of links and of mails about accounts: HTML for people with a browser. */
export function pagesFace(): Face {
  const rows = [
    ...assetRows,
    ...wayPageRows,
    ...downloadPageRows,
    ...uploadPageRows,
    ...uploadStartRows,
    ...registerPageRows,
    ...accountPageRows,
  ]
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return {
    name: 'pages',
    prefixes: ['/public'],
    routes,
    rows: new Map(rows.map((row) => [row.id, row])),
    actor: async () => ({ kind: 'anonymous' }),
    fault: (error, _id, request) => faultPage(error, request),
    unimplemented: (_id, request) => notFoundPage(request),
    unknownRoute: notFoundPage,
    wrongMethod: (allowed) => ({ status: 405, headers: { ...plain, allow: allowed.join(', ') } }),
    unreadable: (status, reason) => ({ status, headers: plain, text: reason, type: 'text/plain' }),
    internal: failedPage,
  }
}
