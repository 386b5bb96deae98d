import { onBeforeUnmount, onMounted, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import type { Engine } from '../engine.ts'
import { onceAFrame } from '../ui/once-a-frame.ts'
import type { ChartColours, ChartState } from './chart-canvas.ts'
import { type ChartLines, noLines } from './chart-lines.ts'
import { pan, type View, wholeView, zoom } from './chart-view.ts'
import { LossCurve, type LossReading } from './loss-curve.ts'

/** What draws; ChartCanvas, or a test's own. */
export interface Painter {
  draw(state: ChartState): void
  readonly area: { readonly left: number; readonly right: number }
  iterationAt(x: number): number
  placeOf(iteration: number): number
  destroy(): void
}

export interface LossChart {
  /** From 0 to 1, see `weightOf`. */
  readonly smoothing: Ref<number>
  readonly logarithmic: Ref<boolean>
  /** Whether less than everything is shown. */
  readonly zoomed: Ref<boolean>
  /** Losses drawn. */
  readonly count: Ref<number>
  /** Draws so far. */
  readonly updates: Ref<number>
  readonly curve: LossCurve
  readonly painter: ShallowRef<Painter | null>
  /** `centre` keeps its place; the middle if left out. */
  zoomBy(factor: number, centre?: number): void
  /** By a share of what is shown. */
  panBy(share: number): void
  showAll(): void
  /** The iteration nearest to a place in px from the canvas's left edge; null beside the losses. */
  readingAt(x: number): LossReading | null
  /** Draw again although no loss is new. */
  redraw(): void
}

/** Even steps of the slider are even steps of the average's length: 0, then about 10, 100 and 1000 iterations. */
export const weightOf = (smoothing: number): number => (smoothing === 0 ? 0 : 1 - 10 ** (-3 * smoothing))

/** More would not be told apart. */
const pxPerBucket = 0.75

/**
 * The chart's state. It is drawn at most once a frame, and only if losses came or the view changed; what a draw costs depends
 * on the chart's width and not on the number of losses.
 * @param linesIn what is drawn beside the losses; whoever changes that asks for a redraw
 */
export function useLossChart(
  { losses, training }: Pick<Engine, 'losses' | 'training'>,
  createPainter: () => Painter,
  colours: () => ChartColours,
  linesIn: (view: View) => ChartLines = () => noLines,
): LossChart {
  const smoothing = ref(0.5)
  const logarithmic = ref(false)
  const chosen = shallowRef<View | null>(null)
  const zoomed = ref(false)
  const count = ref(0)
  const updates = ref(0)
  const painter = shallowRef<Painter | null>(null)
  const curve = new LossCurve(losses.value, weightOf(smoothing.value))
  let changed = false

  const whole = () => wholeView(curve.count, training.value.iterations)
  const view = () => chosen.value ?? whole()
  const frame = onceAFrame(() => {
    if (painter.value === null || (!curve.catchUp() && !changed)) return
    changed = false
    const { left, right } = painter.value.area
    const series = curve.series(view(), Math.max(100, Math.floor((right - left) / pxPerBucket)))
    const shown = { series, lines: linesIn(view()), view: view() }
    painter.value.draw({ ...shown, logarithmic: logarithmic.value, colours: colours() })
    count.value = curve.count
    updates.value++
  })
  const redraw = () => {
    changed = true
    frame.request()
  }
  const show = (next: View | null) => {
    chosen.value = next !== null && next.to - next.from >= whole().to - whole().from ? null : next
    zoomed.value = chosen.value !== null
    redraw()
  }

  onMounted(() => {
    painter.value = createPainter()
    redraw()
  })
  onBeforeUnmount(() => {
    frame.cancel()
    painter.value?.destroy()
  })
  watch(losses, frame.request)
  watch(
    () => training.value.training,
    () => show(null),
  )
  watch(logarithmic, redraw)
  watch(smoothing, value => {
    curve.weight = weightOf(value)
    redraw()
  })

  return {
    smoothing,
    logarithmic,
    zoomed,
    count,
    updates,
    curve,
    painter,
    redraw,
    zoomBy: (factor, centre = (view().from + view().to) / 2) => show(zoom(view(), whole(), factor, centre)),
    panBy: share => {
      if (chosen.value !== null) show(pan(view(), whole(), share * (view().to - view().from)))
    },
    showAll: () => show(null),
    readingAt: x => {
      const { left, right } = painter.value?.area ?? { left: 0, right: 0 }
      const iteration = Math.round(painter.value?.iterationAt(x) ?? 0)
      const beside = x < left || x > right || iteration < 1 || iteration > curve.count
      return beside ? null : curve.reading(iteration)
    },
  }
}
