import { type Gaps, merged } from '../gaps-of-tags.ts'
import { authn } from './drumee/authn.ts'
import { bootstrap } from './drumee/bootstrap.ts'
import { butler } from './drumee/butler.ts'
import { contact } from './drumee/contact.ts'
import { desk } from './drumee/desk.ts'
import { dmz } from './drumee/dmz.ts'
import { drumate } from './drumee/drumate.ts'
import { hub } from './drumee/hub.ts'
import { media } from './drumee/media.ts'
import { mediaTrash } from './drumee/media-trash.ts'
import { mfsApi } from './drumee/mfs-api.ts'
import { reminder } from './drumee/reminder.ts'
import { sharebox } from './drumee/sharebox.ts'
import { yp } from './drumee/yp.ts'

/** What many operations document alike and no row reaches. */
const everywhere: Gaps = {
  notBuilt: [],
  unreached: [],
}

/** Documented by this API and not reached, a file per tag. */
export const drumeeGaps: Gaps = merged([
  everywhere,
  authn,
  bootstrap,
  butler,
  contact,
  desk,
  dmz,
  drumate,
  hub,
  media,
  mediaTrash,
  mfsApi,
  reminder,
  sharebox,
  yp,
])
