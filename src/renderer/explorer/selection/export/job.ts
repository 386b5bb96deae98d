import type { Analysis, DataSummary, Images, Points } from '../../../../shared/contract.ts'

/** What an export is made of. */
export interface ExportJob {
  /** Of test images, ascending. */
  readonly indices: Int32Array
  readonly data: DataSummary
  readonly points: Points | null
  readonly analysis: Analysis | null
  /** Images by index, in order. */
  readonly fetch: (indices: Int32Array) => Promise<Images>
  /** @param share from 0 to 1 */
  readonly progress: (share: number) => void
  readonly signal: AbortSignal
}

/** So many images are asked for, and worked on, at once: about 10 ms of the window's thread. */
const atOnce = 64

/** The images of a job, some at a time; the window has its turn in between. @throws the signal's reason */
export async function* batchesOf({
  indices,
  fetch,
  progress,
  signal,
}: ExportJob): AsyncGenerator<Images, void> {
  for (let start = 0; start < indices.length; start += atOnce) {
    signal.throwIfAborted()
    yield await fetch(indices.slice(start, start + atOnce))
    progress(Math.min(1, (start + atOnce) / indices.length))
  }
  signal.throwIfAborted()
}

/** Name of a class as part of a path: what some file system takes amiss becomes a line, and no name leads elsewhere. */
export function folderName(name: string): string {
  const plain = name.replaceAll(/[\\/:*?"<>|]|\p{Cc}/gu, '_').replaceAll(/^[. ]+|[. ]+$/g, '')
  return plain === '' ? '_' : plain
}
