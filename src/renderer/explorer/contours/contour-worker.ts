import { type ContourAsk, type ContourLines, contoursOf } from './contouring.ts'

/** The part of a worker's scope that is used here; the page's own types have a window in its place. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ContourAsk>) => void) | null
  postMessage(lines: ContourLines): void
}

const scope = globalThis as unknown as WorkerScope
scope.onmessage = ({ data }) => scope.postMessage(contoursOf(data))
