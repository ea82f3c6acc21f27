import { runRows } from '../run.ts'
import { cipherRows, cipherScene } from './cipher.rows.ts'
import { cloudikeDriver } from './driver.ts'
import { linkScene, linkStateRows } from './link-states.rows.ts'

runRows(cloudikeDriver, 'states of links', linkStateRows, { shared: linkScene })
runRows(cloudikeDriver, 'client-side encryption', cipherRows, { shared: cipherScene })
