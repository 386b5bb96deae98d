/** A range of iterations, both ends included; ends between two iterations are fine. */
export interface View {
  readonly from: number
  readonly to: number
}

/** Nobody needs to look closer than this many iterations. */
const smallestSpan = 8

/**
 * All iterations so far, up to a round number (1, 2, 3 or 5 times a power of ten), so that the axis moves now and then and not
 * with every loss.
 */
export function wholeView(count: number, iterations: number): View {
  const power = 10 ** Math.floor(Math.log10(Math.max(count, 10)))
  const round = [1, 2, 3, 5, 10].map(factor => factor * power).find(end => end >= count) ?? count
  return { from: 1, to: Math.max(Math.min(round, Math.max(iterations, count)), smallestSpan) }
}

/** Larger factors show less. `centre` keeps its place. */
export function zoom(view: View, whole: View, factor: number, centre: number): View {
  const span = Math.min(Math.max((view.to - view.from) / factor, smallestSpan), whole.to - whole.from)
  const share = view.to === view.from ? 0.5 : (centre - view.from) / (view.to - view.from)
  return inside({ from: centre - share * span, to: centre + (1 - share) * span }, whole)
}

/** Moves by so many iterations; stops at the ends. */
export const pan = (view: View, whole: View, by: number): View =>
  inside({ from: view.from + by, to: view.to + by }, whole)

/** The same span, moved into the whole. */
function inside({ from, to }: View, whole: View): View {
  const span = Math.min(to - from, whole.to - whole.from)
  const start = Math.min(Math.max(from, whole.from), whole.to - span)
  return { from: start, to: start + span }
}
