import type { Training } from '../../shared/contract.ts'
import { phaseText } from './controls.ts'

/** From 0 to 100, never 100 before the last iteration is done. */
export const percentOf = ({ iteration, iterations }: Training): number =>
  iterations === 0 ? 0 : Math.floor((100 * iteration) / iterations)

/** Seconds until the last iteration at the present speed; null while nothing runs. */
export function secondsLeft({ iteration, iterations, iterationsPerSecond }: Training): number | null {
  return iterationsPerSecond > 0 ? (iterations - iteration) / iterationsPerSecond : null
}

/**
 * What a person who hears the window is told when a training went from one state to the next; null for nothing: every
 * change of phase, and every tenth of the iterations.
 */
export function announcement(before: Training, now: Training): string | null {
  const percent = percentOf(now)
  if (now.training !== before.training || now.phase !== before.phase) {
    if (now.phase === 'idle') return now.notice
    if (now.phase === 'failed') return `Training failed. ${now.error?.message ?? ''}`.trim()
    if (now.phase === 'running' && before.phase === 'paused') return 'Training goes on.'
    if (now.phase === 'running') return 'Training has begun.'
    if (now.phase === 'paused') return `Paused at ${percent} percent.`
    return `${phaseText(now)}.`
  }
  const tenth = Math.floor(percent / 10)
  const passed = now.phase === 'running' && tenth > Math.floor(percentOf(before) / 10)
  return passed ? `${tenth * 10} percent.` : null
}
