import type { Settings } from './settings.ts'

/** The settings of the tenant. They come along with the tenant itself, for reading. */
export type SettingsStore = {
  /** Changes what is given; two changes at once both hold. Answers what holds then. */
  change(change: Partial<Settings>): Promise<Settings>
}
