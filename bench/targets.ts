import type { Figure } from './figure.ts'
import { disturbance } from './quiet.ts'
import { median, ratios } from './statistics.ts'

/** A target, what was measured of it, and whether that reaches it. */
export interface Judgement {
  readonly number: number
  readonly target: string
  /** null where it was not measured. */
  readonly measured: string | null
  /** null also where others kept the cores so busy that nothing can be said. */
  readonly reached: boolean | null
}

/** A part of one of the seven: `value` of this run must be at most `limit`. */
interface Target {
  readonly number: number
  readonly says: string
  readonly limit: number
  /** The figure it is about. */
  readonly id: string
  /** undefined where this run did not measure it. */
  readonly value: (found: Found, id: string) => number | undefined
  readonly show?: (value: number) => string
}

/** Looks up this run's figures. */
class Found {
  readonly #figures: readonly Figure[]

  constructor(figures: readonly Figure[]) {
    this.#figures = figures
  }

  /** Samples of a contender of a figure, the first (ours) if it is not named. */
  samples(id: string, name?: string): readonly number[] | undefined {
    const contenders = this.#figures.find(figure => figure.id === id)?.contenders
    const contender = name === undefined ? contenders?.[0] : contenders?.find(one => one.name === name)
    return contender !== undefined && 'samples' in contender ? contender.samples : undefined
  }

  median(id: string, name?: string): number | undefined {
    const samples = this.samples(id, name)
    return samples === undefined ? undefined : median(samples)
  }

  /** Ours over this contender, the median over the rounds. */
  ratio(id: string, name: string): number | undefined {
    const ours = this.samples(id)
    const theirs = this.samples(id, name)
    return ours === undefined || theirs === undefined ? undefined : median(ratios(ours, theirs))
  }

  isDisturbed(id: string): boolean {
    return this.#figures.some(figure => figure.id === id && disturbance(figure) !== undefined)
  }

  /** Ours over the fastest of these: the hardest to reach. */
  hardestRatio(id: string, ...names: readonly string[]): number | undefined {
    const all = names.map(name => this.ratio(id, name)).filter(value => value !== undefined)
    return all.length === 0 ? undefined : Math.max(...all)
  }
}

const times = (ratio: number): string => `${ratio.toFixed(2)} x`
const ms = (value: number): string => `${Number(value.toPrecision(3))} ms`
const seconds = (value: number): string => `${value.toFixed(2)} s`
const iteration = 'iteration/default'

/** What is to be shown on two cores without a GPU. */
const targets: readonly Target[] = [
  {
    number: 1,
    says: 'The native step takes at most 1.05 x PyTorch with fused Adam (default job)',
    limit: 1.05,
    id: iteration,
    value: (found, id) => found.ratio(id, 'PyTorch, fused Adam'),
  },
  {
    number: 1,
    says: "… at most 0.4 x tfjs-node's plain step",
    limit: 0.4,
    id: iteration,
    value: (found, id) => found.ratio(id, 'tfjs-node, plain'),
  },
  {
    number: 1,
    says: '… at most 1.3 x the eight products alone (the faster library)',
    limit: 1.3,
    id: iteration,
    value: (found, id) =>
      found.hardestRatio(id, 'the eight products alone, TensorFlow', 'the eight products alone, PyTorch'),
  },
  {
    number: 2,
    says: 'The whole default job, process start to nine neighbours, takes at most 0.9 x the PyTorch script',
    limit: 0.9,
    id: 'job',
    value: (found, id) => found.ratio(id, 'PyTorch script'),
  },
  {
    number: 3,
    says: "The full app trains at 97% of the bare loop's iterations/s or more",
    limit: 1 / 0.97,
    id: 'app',
    value: (found, id) => found.ratio(id, 'the bare loop'),
    show: ratio => `${(100 / ratio).toFixed(1)}%`,
  },
  {
    number: 4,
    says: 'wasm takes at most 300 ms an iteration',
    limit: 300,
    id: 'iteration/wasm',
    value: (found, id) => found.median(id),
    show: ms,
  },
  {
    number: 5,
    says: 'One query at 1,000,000 x 2 takes at most 0.1 ms',
    limit: 0.1,
    id: 'search/1000000x2/one',
    value: (found, id) => found.median(id),
    show: ms,
  },
  {
    number: 5,
    says: '… with an index built in under a second',
    limit: 1000,
    id: 'search/1000000x2/build',
    value: (found, id) => found.median(id),
    show: ms,
  },
  {
    number: 5,
    says: '… one at 60,000 x 64 at most 4 ms',
    limit: 4,
    id: 'search/60000x64/one',
    value: (found, id) => found.median(id),
    show: ms,
  },
  {
    number: 5,
    says: '… a batch of 100 at 60,000 x 64 at most 1.0 x faiss-cpu flat',
    limit: 1,
    id: 'search/60000x64/batch',
    value: (found, id) => found.ratio(id, 'faiss-cpu, flat'),
  },
  {
    number: 6,
    says: "Peak memory with 60,000 images is at most 1.0 x PyTorch's",
    limit: 1,
    id: 'memory/60000',
    value: (found, id) => found.ratio(id, 'PyTorch script'),
  },
  {
    number: 7,
    says: 'Engine ready to first iteration: under 2 s',
    limit: 2,
    id: 'startup/first-iteration',
    value: (found, id) => found.median(id),
    show: seconds,
  },
  {
    number: 7,
    says: "The window's first paint: under 1 s",
    limit: 1,
    id: 'startup/first-paint',
    value: (found, id) => found.median(id),
    show: seconds,
  },
]

/** What this run says to each target. */
export function judge(figures: readonly Figure[]): Judgement[] {
  const found = new Found(figures)
  return targets.map(({ number, says, limit, id, value, show = times }) => {
    const measured = value(found, id)
    if (measured === undefined) return { number, target: says, measured: null, reached: null }
    const reached = found.isDisturbed(id) ? null : measured <= limit
    return { number, target: says, measured: show(measured), reached }
  })
}
