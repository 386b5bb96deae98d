import { stringify } from 'csv-stringify/sync'
import { noClass } from '../../../../shared/contract/galleries.ts'
import { listPictures, readPictures } from '../../../engine/data/picture-folder.ts'
import { pointAt } from '../../../engine/embedding/nearest.ts'
import type { Run } from '../../../engine/runs/run-folder.ts'
import { embedByRun, type RunSearch } from '../../../engine/runs/search-run.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { tellRefused } from '../report/failure.ts'
import { hitRows } from '../report/hits.ts'
import type { OpenGallery } from './gallery.ts'

const heading = ['query', 'rank', 'gallery', 'index', 'class', 'distance', 'probability', 'picture']

/**
 * Searches for every picture of a folder and writes what was found, whole or not at all.
 * @returns how many pictures could not be used
 * @throws bad-file, disk-full
 */
export async function searchFolder(
  run: Run,
  searcher: RunSearch,
  gallery: OpenGallery,
  { folder, csv, json }: { folder: string; csv: string; json: boolean },
): Promise<number> {
  const names = await listPictures(folder)
  const { images, pictures, refused } = await readPictures(folder, names, run.config.data)
  const points = await embedByRun(run, images)
  const rows = pictures.flatMap(({ name }, i) => {
    const query = { point: pointAt(points, i), label: noClass, itself: null }
    const found = searcher.query(query)
    return hitRows(run, found.neighbours, gallery.names).map(hit => [
      name,
      hit.rank,
      hit.gallery,
      hit.index,
      hit.label ?? '',
      hit.distance,
      hit.probability ?? '',
      hit.picture ?? '',
    ])
  })
  await writeFileWhole(csv, stringify([heading, ...rows]))
  tellRefused(refused)
  if (json) {
    const told = refused.map(({ name, error }) => ({ picture: name, ...error }))
    console.log(JSON.stringify({ csv, queries: pictures.length, neighbours: rows.length, refused: told }))
  } else {
    console.log(
      `${pictures.length} of ${names.length} pictures searched for, ${rows.length} neighbours written to ${csv}`,
    )
  }
  return refused.length
}
