import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { closedRows, registrationRows } from './registration.rows.ts'

runRows(cloudikeDriver, 'registration', registrationRows, {
  mail: true,
  settings: { registration: true },
})
runRows(cloudikeDriver, 'closed registration', closedRows, { mail: true })
