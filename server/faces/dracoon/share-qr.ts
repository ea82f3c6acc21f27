import type { LinkView } from '../../core/links/link.ts'
import { shareAddress } from './share-fields.ts'

export type DrawnShare = { readonly view: LinkView; readonly dataUrl: string }

/** A share with its address drawn as a QR code: a PNG in a data URL. */
export async function drawShare(view: LinkView, publicUrl: string): Promise<DrawnShare> {
  // Loaded when somebody wants one: it would slow every start.
  const { toDataURL } = await import('qrcode')
  const address = shareAddress(publicUrl, view.link.kind, view.token)
  return { view, dataUrl: await toDataURL(address, { errorCorrectionLevel: 'M', width: 300 }) }
}
