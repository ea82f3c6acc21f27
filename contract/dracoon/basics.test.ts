import { runRows } from '../run.ts'
import { authRows } from './auth.rows.ts'
import { configRows } from './config.rows.ts'
import { dracoon } from './driver.ts'
import { publicRows } from './public.rows.ts'
import { userRows } from './user.rows.ts'
import { usersRows } from './users.rows.ts'

runRows(dracoon, 'auth, config, public, user, users', [
  ...authRows,
  ...configRows,
  ...publicRows,
  ...userRows,
  ...usersRows,
])
