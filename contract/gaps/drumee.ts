import { type Gaps, merged } from '../gaps-of-tags.ts'
import { drumate } from './drumee/drumate.ts'
import { media } from './drumee/media.ts'
import { sharebox } from './drumee/sharebox.ts'

/** Documented by this API and not reached: a file for each tag that has some. */
export const drumeeGaps: Gaps = merged([drumate, media, sharebox])
