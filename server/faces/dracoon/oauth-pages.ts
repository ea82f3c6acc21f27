import { createHash } from 'node:crypto'
import type { Answer, Headers } from '../operation.ts'
import { pageStyle } from './oauth-style.ts'

/** What the sign-in page is made of. Every text is escaped here. */
export type SignInPage = {
  readonly clientName: string
  /** Carried from the request to the form, and checked again when it comes back. */
  readonly hidden: Readonly<Record<string, string | undefined>>
  readonly login: string
  /** What went wrong with the attempt before. */
  readonly problem: string | undefined
  /** Where the link "Cancel" leads. */
  readonly cancel: string
  /** The redirect URI: the form may lead to it. */
  readonly redirect: string
  /** Whether a mail can help who has forgotten the password. */
  readonly canRecover: boolean
}

/** The sign-in form: one page without scripts. */
export function signInPage(page: SignInPage, status: number, headers: Headers = {}): Answer {
  const { problem } = page
  const alert = problem
    ? `<p class="problem" id="problem" role="alert">${escaped(problem)}</p>`
    : ''
  const described = problem ? 'aria-invalid="true" aria-describedby="problem"' : ''
  const focus = (wanted: boolean) => (wanted ? ' autofocus' : '')
  const body = `<h1>Sign in</h1>
<p>to continue to <strong>${escaped(page.clientName)}</strong></p>
${alert}
<form method="post" action="/oauth/authorize" autocomplete="on">
${hiddenFields(page.hidden)}
<label for="login">User name or e-mail address</label>
<input id="login" name="login" type="text" autocomplete="username" autocapitalize="none"
 spellcheck="false" required maxlength="255" value="${escaped(page.login)}"
 ${described}${focus(page.login === '')}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 required maxlength="1024" ${described}${focus(page.login !== '')}>
<button type="submit">Sign in</button>
<a class="cancel" href="${escaped(page.cancel)}">Cancel</a>
</form>
${page.canRecover ? '<p><a href="/oauth/forgotten">I have forgotten my password</a></p>' : ''}`
  return pageAnswer('Sign in', body, status, { ...headers }, page.redirect)
}

/** The page that shows an authorization code for copying by hand, or why there is none. */
export function callbackPage(values: { code?: string; error?: string; reason?: string }): Answer {
  const { code, error, reason } = values
  if (code !== undefined) {
    const body = `<h1>Your code</h1>
<p id="what">Copy this code into the program that asked for it. It works once, for a short time.</p>
<label for="code">Code</label>
<input id="code" class="code" type="text" readonly aria-describedby="what"
 value="${escaped(code)}" autofocus>`
    return pageAnswer('Your code', body, 200)
  }
  return messagePage('No code', reason ?? error ?? 'This page shows a code after a sign-in.', 400)
}

/** A page with one message; where a redirect could not be trusted. */
export function messagePage(title: string, message: string, status: number): Answer {
  const body = `<h1>${escaped(title)}</h1>
<p class="problem" role="alert">${escaped(message)}</p>`
  return pageAnswer(title, body, status)
}

/** Fields that a form carries along. */
export function hiddenFields(hidden: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(hidden)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text = escaped(value ?? '')
      return `<input type="hidden" name="${escaped(name)}" value="${text}">`
    })
    .join('\n')
}

/** A page of this design; `redirect` is where a form of it may lead. */
export function pageAnswer(
  title: string,
  body: string,
  status: number,
  headers: Headers = {},
  redirect?: string,
): Answer {
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} – Strongroom</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<p class="brand"><span aria-hidden="true"></span>Strongroom</p>
${body}
</main>
</body>
</html>
`
  return {
    status,
    headers: { ...pageHeaders(redirect), ...headers },
    text,
    type: 'text/html; charset=utf-8',
  }
}

const styleHash = createHash('sha256').update(pageStyle).digest('base64')

// Browsers apply form-action to where the answer of a form redirects to as well.
function pageHeaders(redirect: string | undefined): Headers {
  const target = redirect === undefined ? '' : ` ${sourceOf(redirect)}`
  return {
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${styleHash}'; ` +
      `form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}

/** A redirect URI as a source of a policy: origin, or the scheme of an app. */
function sourceOf(uri: string): string {
  const web = /^(https?:\/\/[A-Za-z0-9.:[\]-]+)/i.exec(uri)?.[1]
  return web ?? /^([A-Za-z][A-Za-z0-9+.-]*:)/.exec(uri)?.[1] ?? ''
}

/** Text as it may stand in HTML and in quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
