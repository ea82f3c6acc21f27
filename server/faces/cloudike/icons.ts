/** The words for icons that clients have pictures for (params, section 3), by media type. */
const byType: readonly (readonly [RegExp, string])[] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/zip|compressed|x-tar|x-7z|x-rar|vnd\.rar|gzip/, 'archive'],
  [/presentation|powerpoint/, 'presentation_office'],
  [/wordprocessing|msword|opendocument\.text|spreadsheet|excel/, 'document_office'],
  [/^application\/pdf$|epub/, 'ebook_adobe'],
  [/^text\/|json|xml/, 'document_text'],
]

export function iconOf(mediaType: string): string {
  return byType.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'unknown'
}
