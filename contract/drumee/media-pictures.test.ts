import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaPictureRows, pictureScene, visitedPictureRows } from './media-pictures.rows.ts'

runRows(drumee, 'media pictures', mediaPictureRows, { shared: pictureScene })
runRows(drumee, 'visited pictures', visitedPictureRows)
