import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Moments, Points } from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import { type ExplorerState, useExplorer } from '../explorer/explorer-state.ts'
import { perEngine } from '../search/per-engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { formatCount } from '../ui/format.ts'
import { between, nearestMoment } from './between.ts'
import { followMoments } from './follow-moments.ts'
import { MomentCache } from './moment-cache.ts'
import { Replay } from './replay.ts'

export const speeds = [0.5, 1, 2, 4] as const
export type Speed = (typeof speeds)[number]

/** Moments fetched ahead of the one that is shown, and one behind: what an arrow key asks for next is there already. */
const ahead = 4

/** Which moment of the training is looked at, and its replay. */
export interface TimeState {
  readonly list: ShallowRef<Moments>
  /** Iteration that is looked at, or on its way to be; between two moments while it plays. Null: now. */
  readonly at: ShallowRef<number | null>
  readonly playing: ShallowRef<boolean>
  readonly speed: ShallowRef<Speed>
  /** Iteration of the newest moment, where the slider ends; 0 without any. */
  readonly last: ComputedRef<number>
  /** Whether there is a past to look at. */
  readonly any: ComputedRef<boolean>
  /** To the kept moment nearest to an iteration; the newest is now. */
  goTo(iteration: number): void
  /** So many moments forward, or back. */
  step(by: number): void
  toNow(): void
  /** From where one is, or from the beginning, up to now. */
  play(): void
  pause(): void
}

export interface TimeOptions {
  /** Asks for one call before the next picture on the screen, with the time in ms. */
  readonly nextFrame?: (frame: (now: number) => void) => void
  readonly reducedMotion?: () => boolean
}

export function createTime(
  engine: Pick<Engine, 'client' | 'connection' | 'notice'>,
  { moment }: Pick<ExplorerState, 'moment'>,
  {
    nextFrame = frame => void requestAnimationFrame(frame),
    reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  }: TimeOptions = {},
): TimeState {
  const list = followMoments(engine)
  const at = shallowRef<number | null>(null)
  const playing = shallowRef(false)
  const speed = shallowRef<Speed>(1)
  const iterations = () => list.value.iterations
  const last = computed(() => list.value.iterations.at(-1) ?? 0)
  const any = computed(() => list.value.iterations.length > 1)

  const cache = new MomentCache(iteration =>
    engine.client.moment({ kind: 'training', training: list.value.training, iteration }),
  )
  let shown = false
  const show = (points: Points, iteration: number) => {
    shown = true
    at.value = iteration
    moment.value = { points, words: `iteration ${formatCount(Math.round(iteration))}` }
  }
  const toNow = () => {
    shown = false
    playing.value = false
    at.value = null
    moment.value = null
  }
  /** What stands still: exactly a kept moment, at once if it is here. */
  const settle = () => {
    if (at.value === null || playing.value || iterations().length === 0) return
    const place = nearestMoment(iterations(), at.value)
    const iteration = iterations()[place] as number
    const points = cache.get(iteration)
    if (points !== undefined && moment.value?.points !== points) show(points, iteration)
    const near = [place, ...Array.from({ length: ahead }, (_, i) => place + i + 1), place - 1]
    cache.want(...near.flatMap(one => iterations()[one] ?? []))
  }
  cache.arrived = settle
  cache.failed = (_, error) => {
    // Thinned out meanwhile: the list that says so is on its way, and settles it.
    if (error instanceof TwinlensError && (error.kind === 'invalid-input' || error.kind === 'engine-crashed'))
      return
    toNow()
    engine.notice.value = errorNotice(error)
  }
  const replay = new Replay({ cache, iterations, reducedMotion, ahead, show, toNow })
  const frame = (now: number) => {
    if (!playing.value) return
    replay.frame(now, at.value ?? 0, speed.value)
    if (playing.value) nextFrame(frame)
  }

  watch(list, (now, before) => {
    if (now.training === before.training && now.iterations.length > 0) return settle()
    cache.clear()
    toNow()
  })
  // Other images, say: whoever looked at the past is back in the present.
  watch(moment, now => {
    if (now === null && shown) toNow()
  })

  const goTo = (iteration: number) => {
    playing.value = false
    if (!any.value) return
    const nearest = iterations()[nearestMoment(iterations(), iteration)] as number
    if (nearest === last.value) return toNow()
    at.value = nearest
    settle()
  }
  return {
    ...{ list, at, playing, speed, last, any, goTo, toNow },
    step: by => {
      const { before, after, share } = between(iterations(), at.value ?? last.value)
      const from = share > 0 && by < 0 ? after : before
      goTo(iterations()[Math.max(0, from + by)] ?? last.value)
    },
    play: () => {
      if (!any.value || playing.value) return
      at.value ??= iterations()[0] as number
      playing.value = true
      replay.begin()
      nextFrame(frame)
    },
    pause: () => {
      playing.value = false
      settle()
    },
  }
}

/** The engine's one time: it outlives the components that show it. */
export const useTime: () => TimeState = perEngine(engine => createTime(engine, useExplorer()))
