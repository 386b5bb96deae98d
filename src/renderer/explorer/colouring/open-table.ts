import type { ReadTable } from './table.ts'

/** The part of a Worker that is used. */
export type TableWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const startWorker = (): TableWorker =>
  new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' })

/** Larger files are no tables of test images: 64 MB hold a million rows. */
const mostBytes = 64_000_000

/** Reads a file as a table with a value for every test image. @param points how many there are */
export async function openTable(
  file: File,
  points: number,
  start: () => TableWorker = startWorker,
): Promise<ReadTable> {
  if (file.size > mostBytes) return { fault: `${file.name} is larger than 64 MB.` }
  const text = await file.text()
  const worker = start()
  try {
    return await new Promise<ReadTable>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ReadTable>) => resolve(data)
      worker.onerror = event => reject(new Error(event.message || `${file.name} could not be read.`))
      worker.postMessage({ text, points })
    })
  } finally {
    worker.terminate()
  }
}
