import { cloudikeDriver } from './cloudike/driver.ts'
import { dracoon } from './dracoon/driver.ts'
import { drumee } from './drumee/driver.ts'
import type { FaceDriver } from './face-driver.ts'

/** Every face, as tests speak it. */
export const drivers: Readonly<Record<FaceDriver['name'], FaceDriver>> = {
  dracoon,
  cloudike: cloudikeDriver,
  drumee,
}
