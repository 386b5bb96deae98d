import { strToU8, zipSync } from 'fflate'
import { nthImage, rgbaOf } from '../../../ui/image-pixels.ts'
import { batchesOf, type ExportJob } from './job.ts'

/** Side of an image on the sheet, and the height of its caption, px. */
const side = 56
const caption = 16
const gap = 4
/** Images on one sheet: 50 x 50 are 3,000 x 3,800 px, which every browser draws; more take further sheets. */
export const perSheet = 2500

/** The selection as pictures with captions: one PNG, or a ZIP of several where one could not hold them. */
export async function asSheet(job: ExportJob): Promise<Blob> {
  const sheets: Blob[] = []
  for (let start = 0; start < job.indices.length; start += perSheet) {
    const part = job.indices.slice(start, start + perSheet)
    const progress = (share: number) => job.progress((start + share * part.length) / job.indices.length)
    sheets.push(await sheetOf({ ...job, indices: part, progress }))
  }
  if (sheets.length === 1) return sheets[0] as Blob
  const files: Record<string, Uint8Array> = {
    'README.txt': strToU8(
      `${job.indices.length} images, at most ${perSheet} on a sheet, in order of their index.\n`,
    ),
  }
  for (const [i, sheet] of sheets.entries())
    files[`sheet-${String(i + 1).padStart(3, '0')}.png`] = new Uint8Array(await sheet.arrayBuffer())
  return new Blob([zipSync(files, { level: 0 }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' })
}

async function sheetOf(job: ExportJob): Promise<Blob> {
  const columns = Math.ceil(Math.sqrt(job.indices.length))
  const rows = Math.ceil(job.indices.length / columns)
  const canvas = new OffscreenCanvas(columns * (side + gap) + gap, rows * (side + caption + gap) + gap)
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('This browser draws no pictures.')
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#191c23'
  pen.font = '11px sans-serif'
  pen.imageSmoothingEnabled = false
  const { classes, height, width } = job.data
  const one = new OffscreenCanvas(width, height)
  const brush = one.getContext('2d')
  if (brush === null) throw new Error('This browser draws no pictures.')
  const scale = side / Math.max(width, height)
  let drawn = 0
  for await (const { names, labels, pixels } of batchesOf(job)) {
    for (const [i, name] of names.entries()) {
      const x = gap + (drawn % columns) * (side + gap)
      const y = gap + Math.floor(drawn / columns) * (side + caption + gap)
      const rgba = rgbaOf(nthImage(pixels, names.length, i), job.data)
      if (rgba === null) throw new Error('An image came in another size than its data set has.')
      brush.putImageData(new ImageData(rgba, width, height), 0, 0)
      pen.drawImage(one, x, y, width * scale, height * scale)
      pen.fillText(`${classes[labels[i] as number]} · ${name}`, x, y + side + 12, side)
      drawn++
    }
  }
  return canvas.convertToBlob({ type: 'image/png' })
}
