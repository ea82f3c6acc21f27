/** A picture that a user gave of himself. */
export type Avatar = {
  /** New with every picture; who knows it may see the picture. */
  readonly uuid: string
  readonly mediaType: PictureType
  readonly picture: Uint8Array
}

export type PictureType = 'image/png' | 'image/jpeg'

/** Edge in pixels, and how large a picture may be. */
export const avatarEdge = 256
export const maxAvatarBytes = 5 * 1024 * 1024
