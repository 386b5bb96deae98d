import type { Hyperparameters } from './hyperparameters.ts'

export type ScheduleSettings = Pick<Hyperparameters, 'learningRate' | 'schedule' | 'warmup' | 'iterations'>

/** A one-cycle schedule starts at this share of its peak and ends at that share of it, as PyTorch's OneCycleLR does. */
const [cycleStart, cycleEnd] = [1 / 25, 1 / 250_000]

/** From `from` to `to` along half a cosine while `way` goes from 0 to 1. */
const cosine = (from: number, to: number, way: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * way))) / 2

/**
 * The learning rate of an iteration, counted from 1; nothing else is needed to go on from any of them. Cosine: Loshchilov
 * and Hutter, "SGDR", ICLR 2017, equation 5, without restarts. One cycle: Smith and Topin, "Super-convergence", 2018, in its
 * form with cosines, the momentum left alone. Step: a tenth after half, and a tenth of that after three quarters. The
 * warm-up is linear (Goyal and others, 2017), but a cycle's rise is its own.
 */
export function learningRateAt(iteration: number, settings: ScheduleSettings): number {
  const { learningRate, schedule, warmup, iterations } = settings
  const rising = (iterations * warmup) / 100
  const done = iteration - 1
  if (done < rising) {
    const way = done / rising
    if (schedule === 'one-cycle') return cosine(cycleStart * learningRate, learningRate, way)
    return learningRate * Math.min(1, iteration / rising)
  }
  const way = Math.min(1, (done - rising) / Math.max(1, iterations - rising))
  switch (schedule) {
    case 'constant':
      return learningRate
    case 'cosine':
      return cosine(learningRate, 0, way)
    case 'one-cycle':
      return cosine(learningRate, cycleEnd * learningRate, way)
    case 'step':
      return learningRate * (way >= 0.75 ? 0.01 : way >= 0.5 ? 0.1 : 1)
  }
}
