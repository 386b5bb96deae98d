import { SingleBar } from 'cli-progress'
import { evaluatedImages } from '../../../../shared/evaluated.ts'
import type { JobEvent } from '../../../engine/training-job.ts'
import { backendLines } from './backend.ts'

/** Shows a training as it goes: a bar on a terminal, plain lines in a pipe, JSON lines for a machine. */
export interface TrainingProgress {
  show(event: Exclude<JobEvent, { kind: 'done' | 'warning' }>): void
  /** Ends the drawing, whatever happened. */
  close(): void
}

type OtherEvent = Extract<JobEvent, { kind: 'stage' | 'backend' | 'evaluation' }>
type EvaluationEvent = Extract<JobEvent, { kind: 'evaluation' }>

const stages = {
  embedding: 'Embedding the training and test images',
  measuring: 'Measuring quality',
  saving: 'Saving the run',
} as const

/** Plain and JSON lines come at most this often (ms): a log stays readable. */
const lineInterval = 5000

/** How fast and how long: told by iterations since the start. */
class Pace {
  readonly #iterations: number
  readonly #started = performance.now()

  constructor(iterations: number) {
    this.#iterations = iterations
  }

  at(done: number): { percent: number; perSecond: number; secondsLeft: number; elapsed: number } {
    const elapsed = (performance.now() - this.#started) / 1000
    const perSecond = done / elapsed
    return {
      percent: (100 * done) / this.#iterations,
      perSecond,
      secondsLeft: (this.#iterations - done) / perSecond,
      elapsed,
    }
  }
}

export function terminalProgress(iterations: number): TrainingProgress {
  const pace = new Pace(iterations)
  const bar = new SingleBar({
    format:
      '{bar} {percentage}% | {value}/{total} | loss {loss} | {rate} iterations/s{quality} | {left} left',
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
    hideCursor: true,
    stream: process.stdout,
    barsize: 24,
    fps: 10,
  })
  let shown = 0
  let shownWith = { loss: '-', rate: '-', left: '-', quality: '' }
  bar.start(iterations, shown, shownWith)
  // A bar that stops puts the cursor back: a second stop would do so over what was written since.
  const close = (): void => {
    if (bar.isActive) bar.stop()
  }
  return {
    show(event) {
      if (event.kind === 'stage') {
        close()
        console.log(`${stages[event.stage]} ...`)
        return
      }
      if (event.kind === 'backend') {
        bar.stop()
        console.log(backendWords(event))
        bar.start(iterations, shown, shownWith)
        return
      }
      if (event.kind === 'evaluation') {
        const { evaluation, summary } = event
        const best = summary.best === null ? '' : `, best ${summary.best.accuracy.toFixed(3)}`
        shownWith = { ...shownWith, quality: ` | 5-NN ${evaluation.accuracy.toFixed(3)}${best}` }
        if (bar.isActive) bar.update(shown, shownWith)
        return
      }
      const done = event.firstIteration - 1 + event.losses.length
      const { perSecond, secondsLeft } = pace.at(done)
      shown = done
      const now = { loss: loss(event.losses), rate: perSecond.toFixed(1), left: duration(secondsLeft) }
      shownWith = { ...shownWith, ...now }
      if (bar.isActive) bar.update(shown, shownWith)
    },
    close,
  }
}

export function plainProgress(iterations: number): TrainingProgress {
  return lines(
    iterations,
    (done, lossNow, { percent, perSecond, secondsLeft }) =>
      [
        `${percent.toFixed(0).padStart(3)}%`,
        `iteration ${done} of ${iterations}`,
        `loss ${lossNow}`,
        `${perSecond.toFixed(1)} iterations/s`,
        `${duration(secondsLeft)} left`,
      ].join(', '),
    event => {
      switch (event.kind) {
        case 'stage':
          return `${stages[event.stage]} ...`
        case 'backend':
          return backendWords(event)
        case 'evaluation':
          return evaluationWords(event)
      }
    },
  )
}

export function jsonProgress(iterations: number): TrainingProgress {
  return lines(
    iterations,
    (iteration, lossNow, { perSecond, secondsLeft }) =>
      JSON.stringify({
        event: 'progress',
        iteration,
        iterations,
        loss: Number(lossNow),
        perSecond,
        secondsLeft,
      }),
    event => {
      switch (event.kind) {
        case 'stage':
          return JSON.stringify({ event: 'stage', stage: event.stage })
        case 'backend':
          return JSON.stringify({ event: 'backend', backend: event.report, notice: event.notice })
        case 'evaluation':
          return JSON.stringify({ event: 'evaluation', ...event.evaluation, ...event.summary })
      }
    },
  )
}

function lines(
  iterations: number,
  progressLine: (done: number, loss: string, pace: ReturnType<Pace['at']>) => string,
  otherLine: (event: OtherEvent) => string,
): TrainingProgress {
  const pace = new Pace(iterations)
  let next = performance.now()
  return {
    show(event) {
      if (event.kind !== 'losses') {
        console.log(otherLine(event))
        return
      }
      const done = event.firstIteration - 1 + event.losses.length
      if (performance.now() < next && done < iterations) return
      next = performance.now() + lineInterval
      console.log(progressLine(done, loss(event.losses), pace.at(done)))
    },
    close: () => {},
  }
}

function evaluationWords({
  evaluation: { iteration, accuracy },
  summary: { on, best },
}: EvaluationEvent): string {
  const words = `Iteration ${iteration}: ${accuracy.toFixed(4)} of the ${evaluatedImages[on]} named rightly (5-NN)`
  if (best === null) return words
  return `${words}, ${best.iteration === iteration ? 'the best so far' : `best ${best.accuracy.toFixed(4)} at iteration ${best.iteration}`}`
}

const backendWords = ({ report, notice }: Extract<JobEvent, { kind: 'backend' }>): string =>
  `${notice === null ? '' : `${notice}\n`}${backendLines(report)}`

const loss = (losses: Float32Array): string => (losses.at(-1) ?? Number.NaN).toPrecision(4)

/** Seconds as "1 h 02 min", "3 min 07 s" or "12 s". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
  return whole >= 60 ? `${Math.floor(whole / 60)} min ${two(whole % 60)} s` : `${whole} s`
}
