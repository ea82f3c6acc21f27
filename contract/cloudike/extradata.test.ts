import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { busyRows, extradataRows, noneRows } from './extradata.rows.ts'
import { publicPreviewRows } from './public-previews.rows.ts'

runRows(cloudikeDriver, 'extradata', [...extradataRows, ...publicPreviewRows])
runRows(cloudikeDriver, 'extradata, one at a time', busyRows, {
  env: { STRONGROOM_PREVIEW_PROCESSES: '1', STRONGROOM_PREVIEW_QUEUE: '0' },
})
runRows(cloudikeDriver, 'extradata, turned off', noneRows, {
  env: { STRONGROOM_PREVIEW_PROCESSES: '0' },
})
