import { triggerRef } from 'vue'
import {
  type DataChoice,
  type DataSummary,
  noTraining,
  type Points,
  type Training,
} from '../shared/contract.ts'
import { sameChoice } from './datasets/data-choice.ts'
import { imagesKey } from './datasets/same-images.ts'
import type { EngineClient } from './engine-client.ts'
import type { EngineState } from './engine-state.ts'
import { LivePace } from './live-pace.ts'
import { errorNotice } from './ui/error-notice.ts'

/** What one session needs to know of the one before. */
export interface SessionStart {
  /** The engine is another one for sure: what it says now begins anew. */
  readonly newEngine: boolean
  /** What to open while no training says otherwise. */
  readonly choice: DataChoice
  /** What to open where that is gone, once that has been told. */
  readonly fallback?: () => DataChoice
  /** Time between two updates of what moves, ms; 0 if left out. */
  readonly paceMs?: number
  /** The first answer has come. @param lost a training that the engine before took with it, if any */
  onReady(lost: Training | null): void
}

const over: ReadonlySet<Training['phase']> = new Set(['idle', 'done', 'failed'])
export const isActive = ({ phase }: Pick<Training, 'phase'>): boolean => !over.has(phase)

/**
 * Follows the engine over one connection until it ends. Losses go on where the last session left off, so that nothing
 * comes twice and nothing is missed.
 * @throws TwinlensError engine-crashed when the connection ends, cancelled when the signal aborts
 */
export async function followEngine(
  client: EngineClient,
  state: EngineState,
  start: SessionStart,
  signal: AbortSignal,
): Promise<void> {
  const options = { signal }
  const pace = new LivePace(start.paceMs ?? 0)
  let opened: {
    /** Null for what a training opened that no library has. */
    readonly choice: DataChoice | null
    readonly training: number
    readonly corrections: string
    readonly summary: DataSummary | null
  } | null = null
  let newest: Points | null = null

  const first = await firstOf(client.training(undefined, options))
  const before = state.training.value
  const restarted = start.newEngine || isEarlier(first, before)
  if (restarted) forget(state)
  state.training.value = first
  start.onReady(restarted && isActive(before) ? before : null)

  /** The scatter never sees points of other images than those in `data`. */
  const showPoints = () => {
    const values = (state.data.value?.testCount ?? 0) * (newest?.size ?? 0)
    state.points.value = newest?.values.length === values ? newest : null
  }
  /** @param of the training that the images are of: with other corrections they are others */
  const openData = async (choice: DataChoice | null, of: Training) => {
    const { corrections, training } = of
    // A run may have lost its pictures since they were open last, or have them again.
    const isOther = training !== opened?.training
    // The person may have opened another one meanwhile.
    const stands = opened?.summary === null || opened?.summary === state.data.value
    const isSame =
      opened !== null &&
      sameChoice(choice, opened.choice) &&
      corrections === opened.corrections &&
      !(isOther && (choice === null || of.opened))
    if (isSame && stands) return
    const mine = { choice, corrections, training, summary: null }
    opened = mine
    try {
      const asked = await client.openData(choice, options)
      // Another one was asked for meanwhile.
      if (opened !== mine) return
      const shown = state.data.value
      const summary = shown !== null && isSameToSee(asked, shown) ? shown : asked
      state.data.value = summary
      opened = { ...mine, summary }
      showPoints()
    } catch (error) {
      if (signal.aborted || opened !== mine) return
      state.notice.value = errorNotice(error)
      if (choice?.kind !== 'imported' || start.fallback === undefined) return
      state.notice.value = {
        tone: 'information',
        text: `The data set that was open last cannot be opened; the digits are open. ${errorNotice(error).text}`,
      }
      await openData(start.fallback(), of)
    }
  }

  const askBackend = async () => {
    state.backend.value = await client.backend(undefined, options)
  }
  /** Each training chooses its backend, and may have to change it. */
  let chosen = ''
  const followBackend = async ({ training, backend, notice }: Training) => {
    const now = `${training} ${backend}`
    if (backend === null || now === chosen) return
    chosen = now
    if (notice !== null) state.notice.value = { tone: 'information', text: notice }
    await askBackend()
  }

  await Promise.all([
    askBackend(),
    openData(first.training === 0 ? start.choice : first.data, first),
    (async () => {
      for await (const training of client.training(undefined, options)) {
        // Only what moves waits: that a training paused or ended is told at once, with all that waited before it.
        const moves = training.phase === state.training.value.phase && isActive(training)
        void pace.show('training', () => {
          state.training.value = training
        })
        if (!moves) pace.flush()
        if (training.encoder !== null) forgetLosses(state)
        if (training.training > 0) void openData(training.data, training)
        await followBackend(training)
      }
    })(),
    (async () => {
      for await (const points of client.points(undefined, options)) {
        newest = points
        const shown = pace.show('points', showPoints)
        if (!isActive(state.training.value)) pace.flush()
        await shown
      }
    })(),
    followLosses(client, state, pace, options),
  ])
}

/** Asks again from where the store stands whenever losses before an item are missing. */
async function followLosses(
  client: EngineClient,
  { losses, training }: EngineState,
  pace: LivePace,
  options: { signal: AbortSignal },
) {
  for (;;) {
    const store = losses.value
    const fromIteration = store.nextIteration(training.value.training)
    let complete = true
    for await (const item of client.losses({ fromIteration }, options)) {
      complete = store.append(item)
      if (!complete) break
      const shown = pace.show('losses', () => triggerRef(losses))
      if (!isActive(training.value)) pace.flush()
      await shown
    }
    if (complete) return
  }
}

/** What shows one need not be made anew for the other. */
const isSameToSee = (a: DataSummary, b: DataSummary): boolean =>
  imagesKey(a) === imagesKey(b) && a.name === b.name && a.missing === b.missing

/** An engine's trainings only count up, and within one the iterations do. */
function isEarlier(now: Training, before: Training): boolean {
  return (
    now.training < before.training || (now.training === before.training && now.iteration < before.iteration)
  )
}

function forget(state: EngineState): void {
  state.training.value = noTraining
  forgetLosses(state)
  state.points.value = null
}

/** An encoder from elsewhere has none that would take the place of those before. */
function forgetLosses({ losses }: EngineState): void {
  losses.value.clear()
  triggerRef(losses)
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item
  throw new Error('The engine told nothing of its training.')
}
