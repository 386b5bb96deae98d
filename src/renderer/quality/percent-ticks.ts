import type { Tick } from '../explorer/ticks.ts'

/** 0% to 100%, for shares. */
export const percentTicks: readonly Tick[] = [0, 0.2, 0.4, 0.6, 0.8, 1].map(value => ({
  value,
  text: `${Math.round(value * 100)}%`,
}))
