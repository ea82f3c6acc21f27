import { timeText } from '../mail/letters/letter.ts'
import type { MailLanguage } from '../mail/mail-language.ts'

/** The text message with a one-time code to type. */
export function codeText(
  language: MailLanguage,
  { short, until }: { readonly short: string; readonly until: number },
): string {
  const end = timeText(until)
  return language === 'de'
    ? `Ihr Code: ${short}. Er gilt einmal, bis ${end}. Sagen Sie ihn niemandem.`
    : `Your code: ${short}. It works once, until ${end}. Tell it to nobody.`
}

/** The text message with a link's password; its address comes another way. */
export function passwordText(
  language: MailLanguage,
  { sender, name, password }: { sender: string; name: string; password: string },
): string {
  return language === 'de'
    ? `${sender} teilt Ihnen das Passwort für „${name}“ mit: ${password}`
    : `${sender} tells you the password of “${name}”: ${password}`
}
