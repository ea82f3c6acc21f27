/** How large a preview is at most, by its longer edge in pixels. */
export const previewEdges = { small: 200, middle: 640, large: 1280 } as const

export type PreviewSize = keyof typeof previewEdges

export const previewSizes = Object.keys(previewEdges) as readonly PreviewSize[]

/** A picture that was made of a file: upright, and with nothing in it but pixels. */
export type Picture = {
  readonly size: PreviewSize
  readonly mediaType: 'image/jpeg' | 'image/png'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** Why nothing can be made of bytes, now or later. */
export type PreviewFailure = 'unreadable' | 'too-large' | 'too-slow'

/** Bytes that failed are not tried again for so long, unless somebody asks for it. */
export const failureKeptMs = 3_600_000

/** Nothing is made twice within so long, whoever asks. */
export const leastPauseMs = 60_000
