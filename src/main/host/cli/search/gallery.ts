import { invalidInput } from '../../../../shared/errors.ts'
import type { LabelledImages } from '../../../engine/data/data-set.ts'
import { listPictures, type PicturesRead, readPictures } from '../../../engine/data/picture-folder.ts'
import type { EmbeddedData } from '../../../engine/embedding/embedded-data.ts'
import type { GalleryPart } from '../../../engine/embedding/searched-points.ts'
import type { Run } from '../../../engine/runs/run-folder.ts'
import { embedByRun } from '../../../engine/runs/search-run.ts'

/** What is searched in. */
export interface OpenGallery {
  readonly parts: readonly GalleryPart[]
  /** Names of a folder's pictures; none for images of the run. */
  readonly names: readonly string[]
  /** A folder's pictures as the network sees them. */
  readonly pictures?: LabelledImages
  readonly refused: PicturesRead['refused']
}

const splits = ['test', 'train', 'both'] as const
export const isSplit = (gallery: string): gallery is (typeof splits)[number] =>
  splits.some(split => split === gallery)

/**
 * The run's images, or a folder of pictures; for that a backend must be open.
 * @throws bad-file: no such folder, or no picture in it
 */
export async function openGallery(run: Run, gallery: string): Promise<OpenGallery> {
  if (isSplit(gallery)) return splitGallery(run, gallery)
  const { images, pictures, refused } = await readPictures(
    gallery,
    await listPictures(gallery),
    run.config.data,
  )
  const embedding = await embedByRun(run, images)
  return {
    parts: [{ origin: 'pictures', embedding, labels: images.labels }],
    names: pictures.map(({ name }) => name),
    pictures: images,
    refused,
  }
}

/** Images of the data set's parts. */
export function splitGallery(data: EmbeddedData, gallery: (typeof splits)[number]): OpenGallery {
  const origins = gallery === 'both' ? (['test', 'train'] as const) : [gallery]
  return { parts: origins.map(origin => ({ origin, ...data[origin] })), names: [], refused: [] }
}

/** Classes by their names; undefined for all of them. @throws invalid-input */
export function classesOf(
  run: Pick<EmbeddedData, 'config'>,
  names: readonly string[],
): Uint16Array | undefined {
  if (names.length === 0) return undefined
  const { classes } = run.config.data
  return Uint16Array.from(names, name => {
    const label = classes.indexOf(name)
    if (label < 0) throw invalidInput(`There is no class "${name}". The classes are ${classes.join(', ')}.`)
    return label
  })
}
