import type { NoticeView } from '../../core/notices/notice.ts'
import type { NoticeFilter } from '../../core/notices/notice-store.ts'
import { ownNotices } from '../../core/notices/own-notices.ts'
import { fullName } from '../../core/users/full-name.ts'
import type { Row } from '../operation.ts'
import type { Notice, Operations } from './generated/shapes.ts'
import { pathText } from './ids.ts'
import { op } from './op.ts'

/** Tag `notices`: messages of the server (params, section 6). */
export const noticeRows: readonly Row[] = [
  op('notices', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { skip = 0, limit = usualNotices } = params
      return ownNotices(ctx, { filter: filterOf(params), page: { offset: skip, limit } })
    },
    reply: ({ items }, _input, ctx) =>
      items.map((view) => presentNotice(view, ctx.secrets.digest(`notice ${view.notice.id}`))),
  }),
]

const usualNotices = 20

type Wanted = Operations['notices']['params']

function filterOf({ type, behavior, status }: Wanted): NoticeFilter {
  return {
    ...(type === undefined ? {} : { isGlobal: type === 'global' }),
    ...(behavior === undefined ? {} : { isInteractive: behavior === 'interactive' }),
    ...(status === undefined ? {} : { status }),
  }
}

/** What this API calls the actions of core, where it has a word of its own. */
const actions: Readonly<Record<string, string>> = {
  'share-invitation': 'share_invitation_sent',
  'failed-logins': 'numerous_failed_login_attempts',
}

function presentNotice({ notice, from, path }: NoticeView, hash: string): Notice {
  return {
    hash: hash.slice(0, 40),
    user_id: notice.userId,
    init_notice_user_id: notice.fromId,
    init_notice_user_name: from && fullName(from),
    action: actions[notice.action] ?? notice.action.replaceAll('-', '_'),
    type: notice.isGlobal ? 'global' : 'personal',
    behavior: notice.isInteractive ? 'interactive' : 'static',
    status: notice.status,
    text: notice.text,
    path: path && pathText(path),
    timestamp: notice.createdAt,
    modified: notice.updatedAt,
  }
}
