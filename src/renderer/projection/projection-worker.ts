import { type Answer, type Ask, answer } from './projecting.ts'

/** The part of a worker's scope that is used here; the page's own types have a window in its place. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Ask>) => void) | null
  postMessage(answer: Answer): void
}

/** Off the window's thread: a projection takes from milliseconds to minutes. */
const scope = globalThis as unknown as WorkerScope
scope.onmessage = ({ data }) => answer(data, told => scope.postMessage(told))
