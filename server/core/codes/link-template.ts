/**
 * An address to mail, from a template of a face: `{secret}` stands for the code's secret, `{user}`
 * for the user's id in decimal digits, `{user:hex}` for the same in fourteen hex digits.
 */
export function linkFrom(
  template: string,
  { secret, userId }: { readonly secret: string; readonly userId: number },
): string {
  return template
    .replaceAll('{secret}', secret)
    .replaceAll('{user}', String(userId))
    .replaceAll('{user:hex}', userId.toString(16).padStart(14, '0'))
}
