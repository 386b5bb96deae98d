import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from './figure.ts'
import { ownTime, ownTimeIsKnown } from './own-time.ts'

/** Ticks of all cores so far: those spent idle, and all. */
interface Ticks {
  readonly idle: number
  readonly all: number
}

function ticksNow(): Ticks {
  let idle = 0
  let all = 0
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.user + times.nice + times.sys + times.idle + times.irq
  }
  return { idle, all }
}

/** How busy the cores are, from 0 to 1, while this process sleeps. */
export async function busyShare(ms: number): Promise<number> {
  const before = ticksNow()
  await sleep(ms)
  const after = ticksNow()
  return after.all === before.all ? 0 : 1 - (after.idle - before.idle) / (after.all - before.all)
}

/** Up to this share is what any machine does in the background. */
const quietShare = 0.1

/**
 * How busy others kept the cores while a figure was measured, where that spoils it. The mean over all turns: one that others
 * spoil counts, however quiet most were. Memory does not mind.
 */
export function disturbance({ contenders, unit }: Figure): number | undefined {
  const shares = contenders.flatMap(one => ('samples' in one ? (one.othersBusy ?? []) : []))
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  return unit !== 'MB' && mean > quietShare ? mean : undefined
}

/** Threads that wait for more work keep a core busy for a while (OpenMP, Eigen): nobody starts before that has passed, ms. */
const settleMs = 150
/** How long the whole bench still waits for others, ms. After that it goes on and says how busy they were. */
let patienceMs = 0

/** Lets everything that follows wait for others, so long in all. */
export function waitForOthers(ms: number): void {
  patienceMs = ms
}

/**
 * Waits until the threads of whoever worked last sleep, and while others keep the cores busy: PyTorch's threads wait for each
 * other spinning, so that one lost core makes it ten times slower.
 * @returns the share that is still busy with what is not ours
 */
async function settle(): Promise<number> {
  await sleep(settleMs)
  for (;;) {
    const busy = await busyShare(settleMs)
    if (busy <= quietShare || patienceMs <= 0) return busy
    patienceMs -= settleMs
  }
}

/**
 * Does work, its own or a contender's, and tells how busy others kept the cores meanwhile: all that was computed less what this
 * process and its descendants did. Where the system does not say the latter, it is the share just before.
 * @param work may call `over` once what is measured is over and before it ends a browser: the time of those that a browser
 *   leaves behind unasked is known only while they live
 */
export async function amongOthers<T>(
  work: (over: () => void) => Promise<T>,
): Promise<{ result: T; othersBusy: number }> {
  const busyBefore = await settle()
  if (!ownTimeIsKnown) return { result: await work(() => undefined), othersBusy: busyBefore }
  const ours = ownTime()
  const all = ticksNow()
  let share: number | undefined
  const over = (): void => {
    const after = ticksNow()
    const computed = after.all - all.all - (after.idle - all.idle)
    const others = computed - (ownTime() - ours)
    share ??= Math.max(0, others / Math.max(1, after.all - all.all))
  }
  const result = await work(over)
  over()
  return { result, othersBusy: share ?? 0 }
}
