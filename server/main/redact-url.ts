/** What stands in a log for a secret. */
export const redacted = '[redacted]'

/**
 * Path words whose next segment, or two, is a secret: upload and download tokens, access keys of
 * links, reset tokens, pages of links (DRACOON 4.42 /v4/uploads, /v4/downloads, /v4/public/shares,
 * /v4/auth/reset_password; Cloudike /links/file_create/<hash> and its kin).
 */
const before = new Map<string, number>([
  ['uploads', 2],
  ['downloads', 2],
  ['download-shares', 3],
  ['upload-shares', 1],
  ['zip', 1],
  ['reset_password', 1],
  ['file_create', 1],
  ['file_create_part', 1],
  ['download_as_archive', 1],
  ['download_as_archive_stream', 1],
  ['add_to_storage', 1],
  ['progress_download_streams', 1],
  ['token', 1],
  ['s', 1],
])
/** Words that a secret follows only below another word. */
const below = new Map([
  ['links', ['get', 'metadata', 'info']],
  ['shares', ['get', 'metadata']],
  ['transfers', ['upload', 'download', 'confirm']],
  ['public', ['shares']],
])

/** Segments that are words of an API, never secrets, where a secret may stand. */
const plain = new Set([
  'avatar',
  'zip',
  's3',
  's3_urls',
  'downloads',
  'uploads',
  'create',
  'delete',
])

/**
 * Long, and of letters and digits mixed: a token rather than a name. Signed texts have dots between
 * their parts.
 */
const looksSecret = (segment: string): boolean => segment.split('.').some(isToken)
const isToken = (part: string): boolean =>
  part.length >= 20 && /^[\w~-]+$/.test(part) && /\d/.test(part) && /[a-z]/i.test(part)

const secretWords =
  'tok pass pwd secret key code otp otak auth sign sig session regsid hash credential state ticket'
const secretParameter = new RegExp(secretWords.replaceAll(' ', '|'), 'i')

function redactPath(path: string): string {
  const segments = path.split('/')
  let hide = 0
  return segments
    .map((segment, index) => {
      const hidden = hide > 0 && segment !== '' && !plain.has(segment)
      if (segment !== '') hide--
      if (below.get(segments[index - 1] ?? '')?.includes(segment)) hide = 1
      else hide = Math.max(hide, before.get(segment) ?? 0)
      return hidden || looksSecret(segment) ? redacted : segment
    })
    .join('/')
}

function redactQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=')
      if (at < 0) return looksSecret(pair) ? redacted : pair
      const name = pair.slice(0, at)
      const hide = secretParameter.test(name) || looksSecret(pair.slice(at + 1))
      return hide ? `${name}=${redacted}` : pair
    })
    .join('&')
}

/**
 * A request's URL as it may be logged: tokens in its path and secrets in its query are replaced,
 * its fragment and any user and password before the host are cut. It hides too much rather than
 * too little; a URL of any form gives a text.
 */
export function redactUrl(url: string): string {
  const whole = url.replace(/#.*$/s, '').replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?]*@/i, '$1')
  const mark = whole.indexOf('?')
  if (mark < 0) return redactPath(whole)
  return `${redactPath(whole.slice(0, mark))}?${redactQuery(whole.slice(mark + 1))}`
}
