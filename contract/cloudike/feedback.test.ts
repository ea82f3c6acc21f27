import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { feedbackRows } from './feedback.rows.ts'

runRows(cloudikeDriver, 'feedback', feedbackRows)
