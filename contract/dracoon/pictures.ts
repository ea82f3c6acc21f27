import { avatarPicture } from '../../server/faces/dracoon/avatar-picture.ts'
import type { Send } from '../row.ts'

/** A square PNG as avatars are wanted. */
export const png = avatarPicture('AB')

/** Headers and frame of a JPEG picture; what it shows is nobody's business here. */
export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const scan = Buffer.from('ffda0008010100003f0011223344', 'hex')
  return Buffer.concat([Buffer.from('ffd8', 'hex'), frame, scan, Buffer.from('ffd9', 'hex')])
}

/** A multipart body with one file. */
export function asForm(bytes: Buffer, field = 'file'): Send {
  const head = `--b\r\nContent-Disposition: form-data; name="${field}"; filename="a"\r\n\r\n`
  return {
    bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  }
}
