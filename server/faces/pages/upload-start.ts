import { type Fault, isFault } from '../../core/fault.ts'
import { startLinkUpload } from '../../core/links/start-link-upload.ts'
import type { Row } from '../operation.ts'
import { faultPage } from './faults.ts'
import { formOf, passOf, pathIn } from './request.ts'

/** Where the script of the pages announces files; bytes go through the public API of shares. */
export const uploadStartRows: Row[] = [
  {
    id: 'bring',
    auth: 'none',
    async handle(ctx, request) {
      const field = await formOf(request)
      const modifiedAt = Number(field('modified') ?? 0)
      const headers = { 'cache-control': 'no-store' }
      try {
        const { token: uploadId } = await startLinkUpload(ctx, {
          token: request.params.key ?? '',
          password: passOf(request),
          path: pathIn(field('in')),
          name: field('name') ?? '',
          size: Number(field('size') ?? Number.NaN),
          clientModifiedAt: modifiedAt > 0 ? modifiedAt : null,
        })
        return { status: 201, headers, json: { uploadId } }
      } catch (error) {
        if (!isFault(error)) throw error
        const { status } = faultPage(error, request)
        return { status, headers, json: { reason: reasonOf(error) } }
      }
    },
  },
]

/** A word of `reasons` in the texts. */
function reasonOf({ code, data }: Fault): string {
  if (code === 'limit-reached') return data.of === 'bytes' ? 'bytes' : 'slots'
  if (code === 'invalid-name') return 'name'
  if (code === 'password-required' || code === 'wrong-credentials') return 'password'
  if (code === 'expired' || code === 'not-found') return 'ended'
  return code === 'quota-exceeded' ? 'quota' : 'other'
}
