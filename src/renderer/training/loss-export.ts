import type { LossCurve } from './loss-curve.ts'

/** Rows between two looks at the event loop: a million rows in one go would hold the window up for half a second. */
const rowsPerSlice = 4_000

/** A row an iteration, smoothed as shown. */
export async function lossesAsCsv(curve: LossCurve): Promise<Blob> {
  const count = curve.count
  const parts: string[] = ['iteration,loss,smoothed\n']
  for (let first = 1; first <= count; first += rowsPerSlice) {
    let part = ''
    for (let iteration = first; iteration < Math.min(first + rowsPerSlice, count + 1); iteration++) {
      const { loss, smooth } = curve.reading(iteration)
      part += `${iteration},${loss},${smooth}\n`
    }
    parts.push(part)
    await new Promise(resolve => setTimeout(resolve, 0))
  }
  return new Blob(parts, { type: 'text/csv' })
}

/** The chart as it is, on its background: a canvas alone is see-through, and dark lines on a dark page cannot be read. */
export async function chartAsPng(canvas: HTMLCanvasElement, background: string): Promise<Blob> {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const pen = copy.getContext('2d')
  if (pen === null) throw new Error('This browser draws no pictures.')
  pen.fillStyle = background
  pen.fillRect(0, 0, copy.width, copy.height)
  pen.drawImage(canvas, 0, 0)
  const blob = await new Promise<Blob | null>(resolve => copy.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('The picture could not be encoded.')
  return blob
}
