import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mutedPeopleRows, notificationRows, peopleShareRows } from './sharebox-people.rows.ts'

runRows(drumee, 'shares with people', peopleShareRows, { mail: true })
runRows(drumee, 'notifications of shares', [...notificationRows, ...mutedPeopleRows])
