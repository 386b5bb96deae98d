/** What one contender took, a sample a round, or the sentence why it could not be measured. */
export type Contender =
  | {
      readonly name: string
      readonly samples: readonly number[]
      /** The share of all cores that others kept busy in each turn, from 0 to 1. */
      readonly othersBusy?: readonly number[]
    }
  | { readonly name: string; readonly unavailable: string }

/** One thing measured, for ours and for what it is compared with, in the same rounds. Less is always better. */
export interface Figure {
  /** What targets find it by: "iteration/180/1024". */
  readonly id: string
  /** For a person: "An iteration of the default job". */
  readonly title: string
  readonly unit: 'ms' | 's' | 'MB'
  /** Ours first. */
  readonly contenders: readonly Contender[]
  /** The contenders are parts of the first one: their share of it is told in place of a ratio. */
  readonly parts?: boolean
  /** What the reader has to know: how it was measured, what differs. */
  readonly note?: string
}

/** What a measure is given. */
export interface Bench {
  /** A minute for everything: fewer sizes, shorter turns. */
  readonly quick: boolean
  /** Turns that each contender takes. */
  readonly rounds: number
  /** How long a turn lasts at least where a contender repeats its work, ms. */
  readonly turnMs: number
  /** A folder for files that contenders share; removed at the end. */
  readonly scratch: string
  /** The Python with this peer's packages. @throws Error, whose message is a sentence: it cannot be installed */
  readonly python: (peer: PeerName) => Promise<string>
  /** Tells whoever waits what is measured now. */
  readonly say: (sentence: string) => void
}

export type PeerName = 'pytorch' | 'pytorch-metric-learning' | 'keras' | 'scikit-learn' | 'faiss'

/** A file of bench/measures: its name is what --only takes. */
export interface Measure {
  /** For a person: what it measures, and against what. */
  readonly title: string
  run(bench: Bench): Promise<Figure[]>
}
