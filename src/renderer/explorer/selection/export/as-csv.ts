import { stringify } from 'csv-stringify/browser/esm/sync'
import { noClass } from '../../../../shared/contract.ts'
import type { ExportJob } from './job.ts'

/** Rows between two turns of the window. */
const atOnce = 2000

/** A row an image: index in its split, split, class, features, and what its nearest neighbours say where that is known. */
export async function asCsv({
  analysis,
  data,
  images,
  indices,
  points,
  progress,
  signal,
}: ExportJob): Promise<Blob> {
  const size = points?.size ?? 0
  const features = Array.from({ length: size }, (_, i) => `feature_${i + 1}`)
  const votes = analysis === null ? [] : ['predicted', 'confidence']
  const parts = [stringify([['index', 'split', 'class', ...features, ...votes]])]
  const className = (label: number | undefined): string =>
    label === undefined || label === noClass ? '' : (data.classes[label] ?? '')
  for (let start = 0; start < indices.length; start += atOnce) {
    signal.throwIfAborted()
    const rows = Array.from(indices.subarray(start, start + atOnce), index => [
      images.imageOf(index).index,
      images.imageOf(index).split,
      className(images.labels[index]),
      ...(points?.values.subarray(index * size, (index + 1) * size) ?? []),
      ...(analysis === null ? [] : [className(analysis.predicted[index]), analysis.confidence[index]]),
    ])
    // A label that a spreadsheet would compute stays a label.
    parts.push(stringify(rows, { escape_formulas: true }))
    progress(Math.min(1, (start + atOnce) / indices.length))
    await new Promise(resolve => setTimeout(resolve, 0))
  }
  return new Blob(parts, { type: 'text/csv' })
}
