import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { strangerRows } from './strangers.rows.ts'

runRows(cloudikeDriver, 'strangers', strangerRows, {
  mail: true,
  settings: { registration: true },
  maxUsersElsewhere: 1,
})
