import { useEventListener } from '@vueuse/core'
import { type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { onceAFrame } from '../ui/once-a-frame.ts'
import type { LossReading } from './loss-curve.ts'
import type { LossChart } from './use-loss-chart.ts'

/** Keys while the chart has the focus. */
export function chartKey(event: KeyboardEvent, chart: LossChart): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const acts: Record<string, () => void> = {
    '+': () => chart.zoomBy(2),
    '=': () => chart.zoomBy(2),
    '-': () => chart.zoomBy(0.5),
    '0': () => chart.showAll(),
    ArrowLeft: () => chart.panBy(-0.1),
    ArrowRight: () => chart.panBy(0.1),
  }
  const act = acts[event.key]
  if (act === undefined) return
  event.preventDefault()
  act()
}

/** Wheel zooms around the pointer, dragging pans, and the iteration under the pointer is read out. */
export function useChartPointer(
  stage: Readonly<Ref<HTMLElement | null>>,
  chart: LossChart,
): { reading: ShallowRef<LossReading | null>; dragging: Ref<boolean> } {
  const reading = shallowRef<LossReading | null>(null)
  const dragging = ref(false)
  let x = 0
  let inside = false
  /** Where the pointer is in the chart; the canvas begins at the stage's edge. */
  const follow = (event: PointerEvent | WheelEvent) => {
    x = event.clientX - (stage.value?.getBoundingClientRect().left ?? 0)
  }
  // A mouse tells of its moves more often than there are frames.
  const readOut = onceAFrame(() => {
    reading.value = inside ? chart.readingAt(x) : null
  })

  // What lies under a pointer at rest changes with what is drawn.
  watch(chart.updates, () => {
    if (inside) readOut.request()
  })

  useEventListener(stage, 'pointermove', event => {
    const before = x
    follow(event)
    inside = true
    readOut.request()
    const { left, right } = chart.painter.value?.area ?? { left: 0, right: 1 }
    if (dragging.value) chart.panBy((before - x) / (right - left))
  })
  useEventListener(stage, 'pointerleave', () => {
    inside = false
    readOut.request()
  })
  useEventListener(stage, 'pointerdown', event => {
    if (event.button !== 0) return
    follow(event)
    dragging.value = true
    stage.value?.setPointerCapture(event.pointerId)
  })
  useEventListener(stage, ['pointerup', 'pointercancel'], () => {
    dragging.value = false
  })
  useEventListener(
    stage,
    'wheel',
    event => {
      event.preventDefault()
      follow(event)
      chart.zoomBy(Math.exp(-event.deltaY * 0.002), chart.painter.value?.iterationAt(x))
    },
    { passive: false },
  )
  return { reading, dragging }
}
