import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { roomUsersRows } from './room-users.rows.ts'
import { roomsRows } from './rooms.rows.ts'

runRows(dracoon, 'rooms', [...roomsRows, ...roomUsersRows])
