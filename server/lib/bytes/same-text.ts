import { timingSafeEqual } from 'node:crypto'

/** Whether two texts are the same; the time says nothing but whether their lengths are. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}
