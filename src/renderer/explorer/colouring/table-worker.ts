import { type ReadTable, readTable } from './table.ts'

/** The part of a worker's scope that is used here; the page's own types have a window in its place. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<{ readonly text: string; readonly points: number }>) => void) | null
  postMessage(table: ReadTable): void
}

// A table of 10,000 rows takes longer to read than the window may stand still.
const scope = globalThis as unknown as WorkerScope
scope.onmessage = ({ data }) => scope.postMessage(readTable(data.text, data.points))
