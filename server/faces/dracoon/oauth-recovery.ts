import type { Ctx } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import { requestReset } from '../../core/users/request-reset.ts'
import type { Answer, FaceRequest } from '../operation.ts'
import { told } from './oauth-answers.ts'
import { formToken, isOwnForm } from './oauth-form-guard.ts'
import { escaped, hiddenFields, pageAnswer } from './oauth-pages.ts'
import { oauthForm } from './oauth-request.ts'
import { sentence } from './sentences.ts'

/** The page on which people who have forgotten their password ask for a mail with a link. */

const staleForm = 'This page was too old. Please try again.'

/** GET /oauth/forgotten: asks for the login. */
export async function showForgotten(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  return forgottenForm(ctx, request, '', undefined, 200)
}

/** POST /oauth/forgotten: mails a link, and says the same whether there is such an account. */
export async function forgotten(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  const values = await oauthForm(request)
  const login = values.login ?? ''
  if (!isOwnForm(ctx, request, values.form_token)) {
    return forgottenForm(ctx, request, login, staleForm, 403)
  }
  try {
    const link = `${request.publicUrl}/public/account/password?secret={secret}`
    await requestReset(ctx, { login, link })
  } catch (error) {
    if (!isFault(error)) throw error
    return forgottenForm(ctx, request, login, problemOf(error), told(error)[0])
  }
  const body = `<h1>Look into your mail</h1>
<p role="status">If there is an account of that name and it has an address, a mail with a link is on
 its way. The link works for a short time.</p>`
  return pageAnswer('Look into your mail', body, 200)
}

function problemOf(error: Fault): string {
  if (error.code === 'locked') return 'Too many tries. Please wait a while and try again.'
  return `${sentence(error)}.`
}

function forgottenForm(
  ctx: Ctx,
  request: FaceRequest,
  login: string,
  problem: string | undefined,
  status: number,
): Answer {
  const guard = formToken(ctx, request)
  const body = `<h1>Forgotten password</h1>
<p>Your account gets a mail with a link on which you choose a new one.</p>
${alert(problem)}
<form method="post" action="/oauth/forgotten">
${hiddenFields({ form_token: guard.token })}
<label for="login">User name or e-mail address</label>
<input id="login" name="login" type="text" autocomplete="username" autocapitalize="none"
 spellcheck="false" required maxlength="255" value="${escaped(login)}" autofocus>
<button type="submit">Send the mail</button>
</form>`
  return pageAnswer('Forgotten password', body, status, guard.headers)
}

function alert(problem: string | undefined): string {
  return problem === undefined ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>`
}
