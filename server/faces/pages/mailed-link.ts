import { isFault } from '../../core/fault.ts'
import type { Answer, FaceRequest } from '../operation.ts'
import { accountTextsOf } from './account-texts.ts'
import { messagePage } from './message-page.ts'
import { languageOf } from './request.ts'

/** The answer, or a page that says that the link of a mail does not work, and nothing of whom. */
export async function mailedLink(
  request: FaceRequest,
  run: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run()
  } catch (error) {
    if (!isFault(error)) throw error
    const { code, subject } = error
    const texts = accountTextsOf(languageOf(request))
    if (subject === 'code' && code !== 'locked') {
      return messagePage(request, 410, texts.broken, texts.brokenMore)
    }
    const isClosed = subject === 'user' && (code === 'disabled' || code === 'expired')
    if (!isClosed) throw error
    return messagePage(request, 403, texts.closed, texts.closedMore)
  }
}
