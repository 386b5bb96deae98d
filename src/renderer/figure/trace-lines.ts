import { type Contoured, type ContourGrid, countedIn } from '../explorer/contours/contour-grid.ts'
import { type Contours, type ContourWorker, startWorker } from '../explorer/contours/contour-view.ts'
import type { ContourAsk, ContourLines } from '../explorer/contours/contouring.ts'
import { visibleBounds } from '../explorer/view-transform.ts'
import type { FigureContent } from './figure.ts'
import type { Layout } from './layout.ts'

/** What lines of equal density are traced of in a figure; null where it shows none. */
export function contouredOf(content: FigureContent, { area, view }: Layout): Contoured | null {
  const { scene, classes, hidden, only, contours } = content
  if (contours === 'none' || scene.vertical === null) return null
  const isShown = (index: number) =>
    !hidden.has(scene.labels[index] as number) && (only === null || only.has(index))
  const groups = contours === 'classes' ? classes.length : null
  return { scene, area, sight: visibleBounds(view, area), classes: groups, isShown }
}

/** Traced in a worker, which ends with it. @throws the signal's reason once it aborts; Error where the worker fails */
export async function traceLines(
  content: FigureContent,
  layout: Layout,
  signal?: AbortSignal,
  start: () => ContourWorker & Pick<Worker, 'onerror'> = startWorker,
): Promise<Contours | null> {
  const of = contouredOf(content, layout)
  if (of === null) return null
  signal?.throwIfAborted()
  const { counts, ...grid } = countedIn(of)
  const worker = start()
  try {
    return { lines: await answerOf(worker, grid, counts, signal), grid }
  } finally {
    worker.terminate()
  }
}

const answerOf = (
  worker: ContourWorker & Pick<Worker, 'onerror'>,
  { columns, rows }: Omit<ContourGrid, 'counts'>,
  counts: Float32Array<ArrayBufferLike>,
  signal?: AbortSignal,
): Promise<ContourLines> =>
  new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    worker.onerror = () => reject(new Error('The lines of equal density could not be traced.'))
    worker.onmessage = ({ data }: MessageEvent<ContourLines>) => resolve(data)
    const ask: ContourAsk = { id: 0, columns, rows, counts }
    worker.postMessage(ask, [counts.buffer])
  })
