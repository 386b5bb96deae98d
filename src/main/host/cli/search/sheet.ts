import { type DataSet, imageAt } from '../../../engine/data/data-set.ts'
import { reopenDataSet } from '../../../engine/data/open-data-set.ts'
import { drawSheet, type Tile } from '../../../engine/pictures/sheet.ts'
import type { Run } from '../../../engine/runs/run-folder.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import type { HitRow } from '../report/hits.ts'
import type { OpenGallery } from './gallery.ts'
import type { SingleQuery } from './single-query.ts'

/** Draws a query and its neighbours. @throws bad-file: the run's images are gone; disk-full */
export async function writeSearchSheet(
  file: string,
  run: Run,
  { title, pixels, itself }: SingleQuery,
  rows: readonly HitRow[],
  gallery: OpenGallery,
): Promise<void> {
  const { source, fingerprint, corrections, heldOut } = run.config.data
  const ofRun = pixels === undefined || rows.some(row => row.picture === undefined)
  const data: DataSet | undefined = ofRun
    ? await reopenDataSet(source, fingerprint, corrections, heldOut)
    : undefined
  const index = itself?.indices[0]
  const query: Tile = {
    images: [pixels ?? imageAt((data as DataSet).test, index as number)],
    caption: ['query', index === undefined ? '' : `index ${index}`],
    framed: true,
  }
  const imageOf = (row: HitRow): Uint8Array => {
    if (row.picture !== undefined && gallery.pictures !== undefined)
      return imageAt(gallery.pictures, row.index)
    return imageAt((data as DataSet)[row.gallery === 'train' ? 'train' : 'test'], row.index)
  }
  const found = rows.map(
    (row): Tile => ({
      images: [imageOf(row)],
      caption: [
        `${row.rank}. class ${row.label ?? '?'}`,
        `distance ${row.distance.toFixed(4)}`,
        row.picture ?? `${row.gallery === 'train' ? 'train ' : ''}index ${row.index}`,
      ],
    }),
  )
  await writeFileWhole(file, await drawSheet(title, [query, ...found], 5, run.config.data))
}
