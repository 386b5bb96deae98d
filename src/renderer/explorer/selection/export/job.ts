import type { Analysis, DataSummary, Images, Points } from '../../../../shared/contract.ts'
import { type FetchImages, imagesOfPoints } from '../../splits/images-of-points.ts'
import type { ShownImages } from '../../splits/shown-images.ts'

/** What an export is made of. */
export interface ExportJob {
  /** Points, ascending. */
  readonly indices: Int32Array
  readonly images: ShownImages
  readonly data: DataSummary
  readonly points: Points | null
  readonly analysis: Analysis | null
  readonly fetch: FetchImages
  /** @param share from 0 to 1 */
  readonly progress: (share: number) => void
  readonly signal: AbortSignal
}

/** So many images are asked for, and worked on, at once: about 10 ms of the window's thread. */
const atOnce = 64

/** Some images, and what each is called: its index, with its split before it where there are both. */
export interface Batch extends Images {
  readonly names: readonly string[]
}

/** The images of a job, some at a time; the window has its turn in between. @throws the signal's reason */
export async function* batchesOf({
  indices,
  images,
  fetch,
  progress,
  signal,
}: ExportJob): AsyncGenerator<Batch, void> {
  for (let start = 0; start < indices.length; start += atOnce) {
    signal.throwIfAborted()
    const points = indices.slice(start, start + atOnce)
    const names = Array.from(points, point => nameIn(images, point))
    yield { ...(await imagesOfPoints(points, images.imageOf, fetch)), names }
    progress(Math.min(1, (start + atOnce) / indices.length))
  }
  signal.throwIfAborted()
}

function nameIn({ count, tests, imageOf }: ShownImages, point: number): string {
  const { split, index } = imageOf(point)
  return count === tests ? `${index}` : `${split}-${index}`
}

/** Name of a class as part of a path: what some file system takes amiss becomes a line, and no name leads elsewhere. */
export function folderName(name: string): string {
  const plain = name.replaceAll(/[\\/:*?"<>|]|\p{Cc}/gu, '_').replaceAll(/^[. ]+|[. ]+$/g, '')
  return plain === '' ? '_' : plain
}
