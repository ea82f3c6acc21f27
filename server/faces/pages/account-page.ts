import { checkCode } from '../../core/codes/redeem-code.ts'
import type { Ctx } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import type { MailLanguage } from '../../core/mail/mail-language.ts'
import { completeRegistration } from '../../core/users/approve-account.ts'
import { comeBack } from '../../core/users/leave.ts'
import { checkReset, resetPassword } from '../../core/users/reset-password.ts'
import { verifyEmail } from '../../core/users/verify-email.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { accountTextsOf } from './account-texts.ts'
import { html } from './html.ts'
import { mailedLink } from './mailed-link.ts'
import { messagePage } from './message-page.ts'
import { pageAnswer } from './page.ts'
import { newPasswordField } from './parts.ts'
import { formOf, languageOf } from './request.ts'

type Texts = ReturnType<typeof accountTextsOf>

/** What a mailed link does at the press of a button; looking at the page does nothing. */
type Step = {
  readonly purpose: 'verify-email' | 'come-back' | 'approve'
  run(ctx: Ctx, secret: string): Promise<unknown>
  says(texts: Texts): { title: string; intro: string; send: string; done: string; more: string }
}

const steps = {
  address: {
    purpose: 'verify-email',
    run: (ctx, secret) => verifyEmail(ctx, { secret, isMeant: () => true }),
    says: (texts) => ({
      ...{ title: texts.addressTitle, intro: texts.addressIntro, send: texts.addressSend },
      ...{ done: texts.addressDone, more: texts.close },
    }),
  },
  return: {
    purpose: 'come-back',
    run: (ctx, secret) => comeBack(ctx, { secret }),
    says: (texts) => ({
      ...{ title: texts.returnTitle, intro: texts.returnIntro, send: texts.returnSend },
      ...{ done: texts.returnDone, more: texts.signIn },
    }),
  },
  approval: {
    purpose: 'approve',
    run: (ctx, secret) => completeRegistration(ctx, { secret }),
    says: (texts) => ({
      ...{ title: texts.approvalTitle, intro: texts.approvalIntro, send: texts.approvalSend },
      ...{ done: texts.approvalDone, more: texts.signIn },
    }),
  },
} as const satisfies Readonly<Record<string, Step>>

/** Where links in mails about accounts lead; all that is needed is the secret of the mail. */
export const accountPageRows: Row[] = [
  ...Object.entries(steps).flatMap(([name, step]) => stepRows(name, step)),

  {
    id: 'password',
    auth: 'none',
    handle: (ctx, request) =>
      mailedLink(request, async () => {
        const secret = secretOf(request)
        const { userName } = await checkReset(ctx, { secret })
        return passwordPage(request, { secret, userName }, undefined)
      }),
  },

  {
    id: 'setPassword',
    auth: 'none',
    async handle(ctx, request) {
      const field = await formOf(request)
      const secret = field('secret') ?? ''
      const [password, repeated] = [field('password') ?? '', field('repeated') ?? '']
      const texts = accountTextsOf(languageOf(request))
      return mailedLink(request, async () => {
        const { userName } = await checkReset(ctx, { secret })
        const again = (problem: string) => passwordPage(request, { secret, userName }, problem)
        if (password !== repeated) return again(texts.differ)
        try {
          await resetPassword(ctx, { secret, password })
        } catch (error) {
          if (!isFault(error, 'invalid')) throw error
          return again(passwordProblem(error, languageOf(request)))
        }
        return messagePage(request, 200, texts.passwordDone, texts.passwordDoneMore)
      })
    },
  },
]

function stepRows(name: string, { purpose, run, says }: Step): Row[] {
  return [
    {
      id: name,
      auth: 'none',
      handle: (ctx, request) =>
        mailedLink(request, async () => {
          const secret = secretOf(request)
          await checkCode(ctx, { purposes: [purpose], secret })
          const language = languageOf(request)
          const { title, intro, send } = says(accountTextsOf(language))
          const body = html`<h1>${title}</h1>
<p>${intro}</p>
<form method="post" action="/public/account/${name}">
<input type="hidden" name="secret" value="${secret}">
<button type="submit">${send}</button>
</form>`
          return pageAnswer({ language, title, body })
        }),
    },
    {
      id: `${name}Now`,
      auth: 'none',
      async handle(ctx, request) {
        const secret = (await formOf(request))('secret') ?? ''
        return mailedLink(request, async () => {
          await run(ctx, secret)
          const { done, more } = says(accountTextsOf(languageOf(request)))
          return messagePage(request, 200, done, more)
        })
      },
    },
  ]
}

const secretOf = ({ query }: FaceRequest) => query.get('secret') ?? ''

/** Why a password cannot be had. */
export function passwordProblem({ data }: Fault, language: MailLanguage): string {
  const { rules, bad } = accountTextsOf(language)
  return rules[String(data.rule)] ?? bad
}

function passwordPage(
  request: FaceRequest,
  { secret, userName }: { readonly secret: string; readonly userName: string },
  problem: string | undefined,
): Answer {
  const language = languageOf(request)
  const texts = accountTextsOf(language)
  const hasProblem = problem !== undefined
  const body = html`<h1>${texts.passwordTitle}</h1>
<p>${texts.passwordIntro(userName)}</p>
${hasProblem && html`<p class="problem" id="problem" role="alert">${problem}</p>`}
<form method="post" action="/public/account/password" class="fields">
<input type="hidden" name="secret" value="${secret}">
<input type="text" name="username" autocomplete="username" value="${userName}" readonly hidden>
${newPasswordField('password', texts.password, { isFirst: true, hasProblem })}
${newPasswordField('repeated', texts.repeated, { hasProblem })}
<button type="submit">${texts.passwordSend}</button>
</form>`
  const status = hasProblem ? 400 : 200
  return pageAnswer({ language, title: texts.passwordTitle, body, status })
}
