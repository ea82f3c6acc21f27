import type { Ctx } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import type { MailLanguage } from '../../core/mail/mail-language.ts'
import { invitedAccount } from '../../core/users/approve-account.ts'
import { registerAccount } from '../../core/users/register-account.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { passwordProblem } from './account-page.ts'
import { accountTextsOf } from './account-texts.ts'
import { type Html, html } from './html.ts'
import { mailedLink } from './mailed-link.ts'
import { messagePage } from './message-page.ts'
import { pageAnswer } from './page.ts'
import { newPasswordField } from './parts.ts'
import { formOf, languageOf } from './request.ts'

const action = '/public/register'

/** Where somebody who was invited by mail makes his account; all he has is the mail's secret. */
export const registerPageRows: Row[] = [
  {
    id: 'register',
    auth: 'none',
    handle: (ctx, request) =>
      mailedLink(request, async () => {
        const asked = await invited(ctx, request.query.get('hash') ?? '')
        return formPage(request, asked, {}, undefined, 200)
      }),
  },

  {
    id: 'registerNow',
    auth: 'none',
    async handle(ctx, request) {
      const field = await formOf(request)
      const [firstName, lastName] = [field('firstName') ?? '', field('lastName') ?? '']
      const [password, repeated] = [field('password') ?? '', field('repeated') ?? '']
      return mailedLink(request, async () => {
        const asked = await invited(ctx, field('hash') ?? '')
        const language = languageOf(request)
        const texts = accountTextsOf(language)
        const again = (problem: string) =>
          formPage(request, asked, { firstName, lastName }, problem, 400)
        if (password !== repeated) return again(texts.differ)
        const { email, secret: invitation } = asked
        const names = { firstName: firstName.trim(), lastName: lastName.trim() }
        try {
          const account = { ...names, email, password, language, invitation, link: '' }
          await registerAccount(ctx, account)
        } catch (error) {
          if (!isFault(error, 'invalid')) throw error
          return again(problemOf(error, language))
        }
        return messagePage(request, 200, texts.registerDone, texts.registerDoneMore(email))
      })
    },
  },
]

type Asked = { readonly secret: string; readonly email: string }

async function invited(ctx: Ctx, secret: string): Promise<Asked> {
  const user = await invitedAccount(ctx, { secret })
  return { secret, email: user.email ?? user.userName }
}

function problemOf(error: Fault, language: MailLanguage): string {
  if (error.data.field !== 'password') return accountTextsOf(language).badName
  return passwordProblem(error, language)
}

function formPage(
  request: FaceRequest,
  { secret, email }: Asked,
  { firstName = '', lastName = '' }: { readonly firstName?: string; readonly lastName?: string },
  problem: string | undefined,
  status: number,
): Answer {
  const language = languageOf(request)
  const texts = accountTextsOf(language)
  const body = html`<h1>${texts.registerTitle}</h1>
<p>${texts.registerIntro(email)}</p>
${problem !== undefined && html`<p class="problem" id="problem" role="alert">${problem}</p>`}
<form method="post" action="${action}" class="fields">
<input type="hidden" name="hash" value="${secret}">
<input type="text" name="username" autocomplete="username" value="${email}" readonly hidden>
${textField('firstName', texts.firstName, 'given-name', firstName)}
${textField('lastName', texts.lastName, 'family-name', lastName)}
${newPasswordField('password', texts.password)}
${newPasswordField('repeated', texts.repeated)}
<button type="submit">${texts.registerSend}</button>
</form>`
  return pageAnswer({ language, title: texts.registerTitle, body, status })
}

function textField(name: string, label: string, complete: string, value: string): Html {
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="text" autocomplete="${complete}" required
 maxlength="150" value="${value}">`
}
