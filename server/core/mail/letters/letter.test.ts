import { expect, test } from 'vitest'
import { writeLetter } from './letter.ts'

test('texts of others are escaped, and a subject stays one line', () => {
  const mail = writeLetter({
    language: 'de',
    subject: 'Bericht\r\nBcc: all@example.test\u2028<b>',
    parts: [
      'Guten Tag <script>',
      { quote: 'a & b\n"c"' },
      { label: 'Öffnen', address: 'https://files.test/?a="b"' },
      { code: '123456' },
    ],
  })
  expect(mail.subject).toBe('Bericht Bcc: all@example.test <b>')
  expect(mail.text).toBe(
    'Guten Tag <script>\n\n> a & b\n> "c"\n\nÖffnen:\nhttps://files.test/?a="b"\n\n    123456\n',
  )
  expect(mail.html).toContain('<html lang="de">')
  expect(mail.html).toContain('<p>Guten Tag &lt;script&gt;</p>')
  expect(mail.html).toContain('a &amp; b\n&quot;c&quot;</blockquote>')
  expect(mail.html).toContain('href="https://files.test/?a=&quot;b&quot;"')
  expect(mail.html).not.toContain('<script>')
})
