import { defaultSettings, type Settings } from '../../core/settings/settings.ts'
import type { SettingsStore } from '../../core/settings/settings-store.ts'
import type { Scope } from './scope.ts'

/** The settings in a tenant's row: what it does not say is as the defaults have it. */
export function readSettings(json: string): Settings {
  return json === '{}' ? defaultSettings : { ...defaultSettings, ...JSON.parse(json) }
}

/** Settings of one tenant. The row is locked, so that changes follow one another. */
export function settingsStore({ db, kind, tenantId }: Scope): SettingsStore {
  return {
    async change(change) {
      const query = db.selectFrom('tenants').select('settings').where('id', '=', tenantId)
      const locked = kind === 'postgres' ? query.forUpdate() : query
      const { settings } = await locked.executeTakeFirstOrThrow()
      const changed = { ...readSettings(settings), ...change }
      await db
        .updateTable('tenants')
        .set({ settings: JSON.stringify(changed) })
        .where('id', '=', tenantId)
        .execute()
      return changed
    },
  }
}
