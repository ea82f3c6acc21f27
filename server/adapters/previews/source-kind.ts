/** What bytes are, as far as pictures of them go; `demuxer` is ffmpeg's word. */
export type SourceKind =
  | { readonly kind: 'image' }
  | { readonly kind: 'pdf' }
  | { readonly kind: 'video'; readonly demuxer: 'mov' | 'matroska' | 'avi' | 'ogg' }

/** Brands of ISO files that hold pictures; only AVIF can be decoded here. */
const stillBrands = /^(?:mif1|msf1|hei[cfmsx]|hev[cmsx]|avci|avcs|jp2 |jpx |jpm |jxl |crx )/

/** By the first bytes alone. SVG is none: drawing it would follow what it refers to. */
export function sourceKind(head: Uint8Array): SourceKind | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  if (isImage(text)) return { kind: 'image' }
  if (text.startsWith('%PDF-')) return { kind: 'pdf' }
  if (text.slice(4, 8) === 'ftyp') {
    return stillBrands.test(text.slice(8, 12)) ? undefined : { kind: 'video', demuxer: 'mov' }
  }
  if (text.startsWith('\x1a\x45\xdf\xa3')) return { kind: 'video', demuxer: 'matroska' }
  if (text.startsWith('RIFF') && text.startsWith('AVI ', 8)) {
    return { kind: 'video', demuxer: 'avi' }
  }
  return text.startsWith('OggS') ? { kind: 'video', demuxer: 'ogg' } : undefined
}

function isImage(text: string): boolean {
  return (
    text.startsWith('\xff\xd8\xff') ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    /^GIF8[79]a/.test(text) ||
    (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) ||
    text.startsWith('II*\0') ||
    text.startsWith('MM\0*') ||
    /^ftypavi[fs]/.test(text.slice(4, 12))
  )
}
