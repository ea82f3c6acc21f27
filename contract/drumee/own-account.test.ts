import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { ownAccountRows } from './own-account.rows.ts'
import { ownHubRows, ownListRows } from './own-lists.rows.ts'
import { peopleRows } from './people.rows.ts'

runRows(drumee, 'the own account', ownAccountRows)
runRows(drumee, 'own lists', ownListRows)
runRows(drumee, 'own hubs', ownHubRows)
runRows(drumee, 'people', peopleRows)
