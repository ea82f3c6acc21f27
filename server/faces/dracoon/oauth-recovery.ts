import type { Ctx } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import { requestReset } from '../../core/users/request-reset.ts'
import { checkReset, resetPassword } from '../../core/users/reset-password.ts'
import type { Answer, FaceRequest } from '../operation.ts'
import { told } from './oauth-answers.ts'
import { formToken, isOwnForm } from './oauth-form-guard.ts'
import { escaped, hiddenFields, messagePage, pageAnswer } from './oauth-pages.ts'
import { needed, oauthForm, oauthQuery } from './oauth-request.ts'
import { sentence } from './sentences.ts'

/** The pages on which people who have forgotten their password get a new one, by mail. */

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
    const link = `${request.publicUrl}/oauth/new-password?secret={secret}`
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

/** GET /oauth/new-password?secret=…: asks for the new password, if the link still works. */
export async function showNewPassword(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  try {
    const secret = needed(oauthQuery(request), 'secret')
    const { userName } = await checkReset(ctx, { secret })
    return passwordForm(ctx, request, { secret, userName }, undefined, 200)
  } catch (error) {
    return brokenLink(error)
  }
}

/** POST /oauth/new-password: sets it and ends every session of the account. */
export async function newPassword(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  const values = await oauthForm(request)
  const secret = values.secret ?? ''
  try {
    const { userName } = await checkReset(ctx, { secret })
    const again = (problem: string, status: number) =>
      passwordForm(ctx, request, { secret, userName }, problem, status)
    if (!isOwnForm(ctx, request, values.form_token)) return again(staleForm, 403)
    const { password = '', repeated } = values
    if (password !== repeated) return again('The two passwords differ.', 400)
    try {
      await resetPassword(ctx, { secret, password })
    } catch (error) {
      if (!isFault(error, 'invalid')) throw error
      return again(problemOf(error), 400)
    }
    const body = `<h1>Your password is set</h1>
<p role="status">Sign in with it wherever you work. All earlier sign-ins have ended.</p>`
    return pageAnswer('Your password is set', body, 200)
  } catch (error) {
    return brokenLink(error)
  }
}

function brokenLink(error: unknown): Answer {
  if (!isFault(error)) throw error
  const isCode = error.subject === 'code' || error.subject === 'body'
  const text = isCode ? 'It was used already, is too old, or not complete.' : problemOf(error)
  return messagePage('This link does not work', text, told(error)[0])
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

function passwordForm(
  ctx: Ctx,
  request: FaceRequest,
  { secret, userName }: { secret: string; userName: string },
  problem: string | undefined,
  status: number,
): Answer {
  const guard = formToken(ctx, request)
  const field = 'type="password" autocomplete="new-password" required maxlength="1024"'
  const body = `<h1>A new password</h1>
<p>for the account <strong>${escaped(userName)}</strong>, of at least 8 characters</p>
${alert(problem)}
<form method="post" action="/oauth/new-password" autocomplete="on">
${hiddenFields({ form_token: guard.token, secret })}
<input name="username" type="text" autocomplete="username" value="${escaped(userName)}" hidden>
<label for="password">New password</label>
<input id="password" name="password" ${field} autofocus>
<label for="repeated">The same again</label>
<input id="repeated" name="repeated" ${field}>
<button type="submit">Set the password</button>
</form>`
  return pageAnswer('A new password', body, status, guard.headers)
}

function alert(problem: string | undefined): string {
  return problem === undefined ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>`
}
