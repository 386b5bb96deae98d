/** Most of a frame is left to the window, ms. */
const sliceMs = 8
/** Things between two looks at the clock. */
const step = 500

/**
 * Does many small things a few at a time, so that the window never waits for them.
 * @param each does those from `first` up to `end`
 * @throws the signal's reason once it aborts
 */
export async function inSlices(
  count: number,
  each: (first: number, end: number) => void,
  signal?: AbortSignal,
  pause: () => Promise<void> = () => new Promise(resolve => setTimeout(resolve, 0)),
): Promise<void> {
  let began = performance.now()
  for (let first = 0; first < count; first += step) {
    signal?.throwIfAborted()
    each(first, Math.min(count, first + step))
    if (performance.now() - began < sliceMs) continue
    await pause()
    began = performance.now()
  }
  signal?.throwIfAborted()
}
