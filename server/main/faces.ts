import { cloudikeFace } from '../faces/cloudike/face.ts'
import { dracoonFace } from '../faces/dracoon/face.ts'
import { drumeeFace } from '../faces/drumee/face.ts'
import type { Face } from '../faces/operation.ts'
import { pagesFace } from '../faces/pages/face.ts'
import type { Config } from './config.ts'

/** Every API that this server speaks. */
export function openFaces(config: Config): Face[] {
  const { serviceToken } = config
  return [dracoonFace({ serviceToken }), cloudikeFace({}), drumeeFace({})]
}

/** What people see of links without any of the APIs. */
export function openPages(): Face[] {
  return [pagesFace()]
}
