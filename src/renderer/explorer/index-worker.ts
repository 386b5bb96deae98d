import { treeOf } from './index-builder.ts'

/** The part of a worker's scope that is used here; the page's own types have a window in its place. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Float32Array>) => void) | null
  postMessage(tree: ArrayBufferLike, transfer: readonly ArrayBufferLike[]): void
}

const scope = globalThis as unknown as WorkerScope
scope.onmessage = ({ data }) => {
  const tree = treeOf(data).data
  scope.postMessage(tree, [tree])
}
