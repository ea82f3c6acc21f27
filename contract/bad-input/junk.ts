/**
 * Most junk meets code that all operations share, so each gets a part of it, another than the next;
 * together they get all many times over. STRONGROOM_TEST_JUNK=all gives everything to each.
 */
const isWhole = process.env.STRONGROOM_TEST_JUNK === 'all'

export function partOf<T>(junk: readonly T[], turn: number, parts: number): readonly T[] {
  return isWhole ? junk : junk.filter((_one, at) => (at + turn) % parts === 0)
}

/** A body as it is sent, with its content type; `legal`: a face may well take it. */
export type JunkBody = {
  readonly name: string
  readonly type?: string
  readonly body: string | Buffer
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data; boundary=B'

const part = (name: string, value: string, more = '') =>
  `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`

/** Bodies that no client means. */
export const junkBodies: readonly JunkBody[] = [
  { name: 'truncated', type: json, body: '{"a":1,"nid":"' },
  { name: 'one brace', type: json, body: '{' },
  { name: 'a list', type: json, body: '[1,2,3]' },
  { name: 'a text', type: json, body: '"text"' },
  { name: 'a number', type: json, body: '1e400' },
  { name: 'null', type: json, body: 'null' },
  { name: 'deep lists', type: json, body: '['.repeat(100_000) + ']'.repeat(100_000) },
  { name: 'deep objects', type: json, body: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` },
  { name: 'open lists', type: json, body: '['.repeat(100_000) },
  { name: 'no JSON', type: json, body: '<xml version="1"/>' },
  { name: 'a byte order mark', type: json, body: Buffer.from('\ufeff{"name":"x"}') },
  { name: 'UTF-16', type: json, body: Buffer.from('\ufeff{"name":"x"}', 'utf16le') },
  { name: 'invalid UTF-8', type: json, body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) },
  { name: 'NUL bytes', type: json, body: Buffer.alloc(100) },
  { name: 'trailing garbage', type: json, body: '{}{}' },
  { name: 'comments', type: json, body: '{/* */}' },
  { name: 'a form named JSON', type: json, body: 'a=1&b=2' },
  { name: 'no type', body: '\u0001\u0002\u0003' },
  { name: 'an unknown type', type: 'application/x-nothing', body: 'abc' },
  { name: 'a broken type', type: ';;;=', body: '{}' },
  { name: 'an unknown charset', type: `${json}; charset=utf-7`, body: '{}' },
  { name: 'form with broken codes', type: form, body: 'a=%&b=%zz&c=%ff%fe&%00=%00' },
  { name: 'form of signs', type: form, body: '&&&===&=&' },
  { name: 'form of many', type: form, body: 'a&'.repeat(200_000) },
  { name: 'form with brackets', type: form, body: 'a[b][c]=1&a[=2&[]=3&a[999999999]=1' },
  { name: 'form with __proto__', type: form, body: '__proto__=1&__proto__[a]=2&constructor=3' },
  { name: 'multipart, no boundary', type: 'multipart/form-data', body: part('a', '1') },
  {
    name: 'multipart, empty boundary',
    type: 'multipart/form-data; boundary=',
    body: part('a', ''),
  },
  {
    name: 'multipart, other boundary',
    type: 'multipart/form-data; boundary=C',
    body: part('a', '1'),
  },
  { name: 'multipart, no end', type: multipart, body: part('a', '1') },
  { name: 'multipart, empty', type: multipart, body: '' },
  { name: 'multipart, only an end', type: multipart, body: '--B--\r\n' },
  { name: 'multipart, cut headers', type: multipart, body: '--B\r\nContent-Dispo' },
  { name: 'multipart, no name', type: multipart, body: '--B\r\n\r\nvalue\r\n--B--\r\n' },
  { name: 'multipart, parts', type: multipart, body: `${part('a', '1').repeat(3000)}--B--\r\n` },
  {
    name: 'multipart, files',
    type: multipart,
    body: `${part('f', 'x', '; filename="f"').repeat(50)}--B--\r\n`,
  },
  {
    name: 'multipart, file without end',
    type: multipart,
    body: part('file', 'half of it', '; filename="f"'),
  },
  {
    name: 'multipart, headers',
    type: multipart,
    body: `--B\r\n${'X-Bomb: 1\r\n'.repeat(20_000)}\r\nvalue\r\n--B--\r\n`,
  },
  {
    name: 'multipart, one long header',
    type: multipart,
    body: `--B\r\nX: ${'y'.repeat(400_000)}\r\n\r\nvalue\r\n--B--\r\n`,
  },
  { name: 'multipart, NUL', type: multipart, body: `${part('a\0b', '\0')}--B--\r\n` },
]

/** Values for every field that a document names. */
export const junkValues: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  "'; drop table nodes; --",
  '{{7*7}}<%= 1 %>%s%n',
  '%00%ff%',
  '9'.repeat(400),
  'a'.repeat(20_000),
  '/a'.repeat(5000),
  [],
  [[]],
  [null],
  ['x', 1, {}],
  {},
  { a: { b: 1 } },
  { __proto__x: 1, constructor: { prototype: { polluted: true } } },
]

export type JunkHeaders = { readonly name: string; readonly headers: Record<string, string> }

/** Headers that stand beside a usual request. */
export const junkHeaders: readonly JunkHeaders[] = [
  ...['bytes', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=5-1', `bytes=${'9'.repeat(50)}-`].map(
    named('range'),
  ),
  ...['bytes=-0', `bytes=${'0-0,'.repeat(1000)}0-0`, 'chapters=1-2'].map(named('range')),
  ...['bytes', 'bytes 0-', 'bytes 5-1/2', 'bytes */*', `bytes 0-${'9'.repeat(30)}/1`].map(
    named('content-range'),
  ),
  ...['"', 'W/', '*, *', '\u00ff'].map(named('if-none-match')),
  ...['nonsense', ''].map(named('if-modified-since')),
  ...['', '/', 'a/b;q=x', '*/*;q=0', `${'text/html,'.repeat(500)}x`].map(named('accept')),
  ...[
    '',
    'Bearer',
    'Bearer ',
    'Basic !!',
    'Basic Og==',
    'Digest x',
    `Bearer ${'x'.repeat(8000)}`,
  ].map(named('authorization')),
  ...['\u00fc', '%', 'klingon', 'LOCAL; drop'].map(named('x-sds-date-format')),
  ...['%', '{', '%7B', '[]', '{"nid":{}}', '"'].map(named('x-param-xia-data')),
  ...['=', ';;', 'regsid=%ff', `regsid=${'x'.repeat(4000)}`].map(named('cookie')),
  ...['gzip', 'nonsense'].map(named('content-encoding')),
  ...['100-continue'].map(named('x-forwarded-for')),
  ...['://', 'a b', 'x\u00ff'].map(named('x-forwarded-host')),
]

function named(header: string) {
  return (value: string): JunkHeaders => ({
    name: `${header}: ${value.slice(0, 30)}`,
    headers: { [header]: value },
  })
}

/** Queries as they are sent. */
export const junkQueries: readonly string[] = [
  '%',
  '%zz=%',
  'a=%ff%fe',
  '&&&&',
  '=&=&=',
  'a[]=1&a[b]=2&a=3',
  '__proto__=1&constructor=2&toString=3',
  'limit=-1',
  'limit=1e9',
  'limit=abc&offset=abc',
  'limit=9999999999999999999999',
  'offset=9007199254740993',
  'limit=1&limit=2&limit=3',
  "filter=name:cn:'%20or%201=1--",
  'filter=name:eq',
  'filter=:::',
  'filter=type:eq:room|type:eq:room',
  'filter=__proto__:eq:1|constructor:cn:2',
  `filter=${'name:cn:a|'.repeat(700)}`,
  `filter=id:eq:${'1:'.repeat(2000)}`,
  'sort=name:asc;drop%20table%20nodes',
  'sort=__proto__:asc',
  'sort=name:sideways',
  `sort=${'name:asc|'.repeat(700)}`,
  'order_by=__proto__&order_by=1',
  'depth_level=-7&parent_id=-1',
  'parent_id=x',
  Array.from({ length: 1500 }, (_, at) => `q${at}=${at}`).join('&'),
  `x=${'y'.repeat(12_000)}`,
  '%7B%22nid%22:',
  `%5B${'%5B'.repeat(3000)}`,
]

/** Path segments, in place of the last one. */
export const junkSegments: readonly string[] = [
  '%',
  '%zz',
  '%ff%fe',
  '%c0%ae%c0%ae',
  '%00',
  '..',
  '..%2f..%2f',
  '%2e%2e',
  '-1',
  '0',
  '1e9',
  '9'.repeat(60),
  'NaN',
  "';--",
  'a'.repeat(9000),
  'a/'.repeat(3000),
  '%2f'.repeat(3000),
  '__proto__',
  '//',
  ';a=b',
  '*',
]
