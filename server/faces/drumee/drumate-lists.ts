import { findContact, listContacts } from '../../core/contacts/list-contacts.ts'
import type { Ctx } from '../../core/ctx.ts'
import { markNewsSeen, ownNews } from '../../core/news/own-news.ts'
import { listChildren } from '../../core/nodes/list-children.ts'
import { manifest } from '../../core/nodes/manifest.ts'
import { MANAGE, READ } from '../../core/permissions/permission.ts'
import { ownProfile } from '../../core/profiles/own-profile.ts'
import { rememberColor, rememberFont } from '../../core/profiles/remember-used.ts'
import { loginLog } from '../../core/sessions/login-log.ts'
import type { Row } from '../operation.ts'
import { helpIn } from './help-texts.ts'
import { hubRoom } from './hub.ts'
import { readCode } from './ids.ts'
import { languageCode, languagesNamed } from './languages.ts'
import { op } from './op.ts'
import { own } from './own.ts'
import { presentDigest } from './present-account.ts'
import {
  presentColor,
  presentContact,
  presentFont,
  presentHubEntry,
  presentLogin,
  presentManifest,
  presentMyHub,
  presentNews,
} from './present-lists.ts'
import { pageOf } from './query.ts'

const hubs = (ctx: Ctx, body: { page?: number }, permission: number) =>
  listChildren(ctx, {
    parent: null,
    filter: { permissions: [permission] },
    page: pageOf(body),
  })

/** What the caller has: hubs, files, sign-ins, news, colours and fonts. */
const ownLists: Row[] = [
  own('drumate.my_hubs', {
    run: (ctx, { body }) => hubs(ctx, body, MANAGE),
    reply: ({ items }, _given, ctx) => items.map((view) => presentMyHub(ctx, view)),
  }),
  ...(['drumate.hubs', 'drumate.drumate_hubs'] as const).map((id) =>
    own(id, {
      run: (ctx, { body }) => hubs(ctx, body, READ),
      reply: ({ items }, { body }, ctx, request) =>
        items.map((view, rank) =>
          presentHubEntry(ctx, view, { rank, page: body.page ?? 1 }, request),
        ),
    }),
  ),
  own('drumate.disk_space', {
    run: (ctx) => manifest(ctx, { node: { path: [] } }),
    reply: (found, _given, ctx) => presentManifest(ctx, found),
  }),
  own('drumate.show_login_log', {
    run: (ctx, { body }) => loginLog(ctx, { page: pageOf(body) }),
    reply: (records) => records.map(presentLogin),
  }),
  own('drumate.notification_center', {
    run: ownNews,
    reply: (news) => news.map(presentNews),
  }),
  own('drumate.notification_remove', {
    changes: true,
    run: (ctx, { body }) => {
      const entity = body.entity_id ?? ''
      const named = readCode(entity)
      // People send nothing here, so there is nothing of theirs to be seen.
      if (named?.kind === 'user') return Promise.resolve()
      return markNewsSeen(ctx, { roomId: entity === '' ? null : hubRoom(ctx, entity) })
    },
    reply: () => ({ ok: 1 as const }),
  }),
  own('drumate.color_add', {
    changes: true,
    run: (ctx, { body }) => rememberColor(ctx, { rgba: body.rgba, hex: body.hexacode }),
    reply: (color) => presentColor(color),
  }),
  own('drumate.color_last', {
    run: ownProfile,
    reply: ({ profile }) => profile.colors.map(presentColor),
  }),
  own('drumate.font_add', {
    changes: true,
    run: (ctx, { body }) => rememberFont(ctx, { name: body.fontname }),
    reply: (font) => presentFont(font),
  }),
  own('drumate.font_last', {
    run: ownProfile,
    reply: ({ profile }) => profile.fonts.map(presentFont),
  }),
]

/** People and texts. */
const otherLists: Row[] = [
  ...(['drumate.contacts', 'drumate.my_contacts'] as const).map((id) =>
    own(id, {
      run: (ctx, { body }) => {
        const value = (body.value ?? '').trim()
        // Nothing typed finds nobody, unless all colleagues are asked for (dossier, contacts).
        const isAsked = value !== '' || body.only_drumate === true
        const page = isAsked ? pageOf(body) : { offset: 0, limit: 0 }
        return listContacts(ctx, { prefix: value, page })
      },
      reply: (users, { body }) => users.map((user) => presentContact(user, body.page ?? 1)),
    }),
  ),
  own('drumate.get_drumate_detail', {
    run: (ctx, { body }) => findContact(ctx, whoIs(body.id)),
    reply: (user, _given, ctx, request) => (user ? presentDigest(ctx, user, request) : []),
  }),
  // Nobody learns here without a session whether there is an account, signed-in people only of
  // those whom they know.
  op('drumate.check_drumate_exist', {
    auth: 'open',
    run: async (ctx, { body }) =>
      ctx.actor.kind === 'user' ? findContact(ctx, whoIs(body.id)) : undefined,
    reply: (user, _given, ctx, request) => (user ? presentDigest(ctx, user, request) : []),
  }),
  own('drumate.helpdesk', {
    run: ownProfile,
    reply: ({ user }, { body }) => {
      const { Xlang: language, page = 1 } = body
      return page > 1 ? [] : helpIn(languageCode(language ?? user.language))
    },
  }),
  op('drumate.get_languages', {
    auth: 'open',
    run: async () => undefined,
    reply: (_nothing, { body }) => {
      const { page = 1 } = body
      const { offset, limit } = pageOf(body)
      const found = languagesNamed(body.value || (body.name ?? ''))
      return found.slice(offset, offset + limit).map((language) => ({ page, ...language }))
    },
  }),
]

export const drumateListRows: Row[] = [...ownLists, ...otherLists]

/** An account by its id, or by its e-mail address. */
function whoIs(text: string): { readonly id: number } | { readonly email: string } {
  const named = readCode(text)
  return named?.kind === 'user' ? { id: named.id } : { email: text.trim() }
}
