import type { Machine } from './machine.ts'
import { digits } from './report.ts'
import { median, ratios, summarise } from './statistics.ts'

/** How one training went. */
export interface Turn {
  /** Of training alone. */
  readonly seconds: number
  /** Share of the test images that their 5 nearest training images class rightly. */
  readonly accuracy: number
  /** Share of all cores that others kept busy meanwhile. */
  readonly othersBusy: number
}

/** Who trained, a turn a seed, or the sentence why there is none. */
export type Entrant =
  | { readonly name: string; readonly turns: readonly Turn[] }
  | { readonly name: string; readonly unavailable: string }

export interface PresetResults {
  readonly made: string
  readonly quick: boolean
  /** The only ones that the peer was asked for; undefined: all. */
  readonly losses: readonly string[] | undefined
  readonly machine: Machine
  readonly presets: readonly Entrant[]
  readonly peers: readonly Entrant[]
  /** The preset whose seconds the peers had. */
  readonly pace: string
}

export const meanAccuracy = (turns: readonly Turn[]): number =>
  turns.reduce((sum, { accuracy }) => sum + accuracy, 0) / turns.length

/** The median over the seeds of this one's seconds over the other's; undefined where either has no turns. */
export function shareOfTime(one: Entrant | undefined, other: Entrant | undefined): number | undefined {
  if (one === undefined || other === undefined || !('turns' in one) || !('turns' in other)) return undefined
  const seconds = (turns: readonly Turn[]): number[] => turns.map(turn => turn.seconds)
  return median(ratios(seconds(one.turns), seconds(other.turns)))
}

/** The one of the highest mean accuracy; undefined where nobody has turns. */
export function best(entrants: readonly Entrant[]): { name: string; accuracy: number } | undefined {
  const able = entrants.flatMap(one =>
    'turns' in one && one.turns.length > 0 ? [{ name: one.name, accuracy: meanAccuracy(one.turns) }] : [],
  )
  return able.sort((a, b) => b.accuracy - a.accuracy)[0]
}

/** The run as Markdown: every entrant, what follows from it, the machine. */
export function presetsMarkdown(results: PresetResults): string {
  const { made, quick, losses, machine, presets, peers, pace } = results
  const flags = `${quick ? ' --quick' : ''}${losses === undefined ? '' : ` --losses ${losses.join(',')}`}`
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`)
  return `# Presets

Written by \`npm run bench:presets -- --write${flags}\` on ${made.slice(0, 10)}: 5,000 training and 5,000 test digits,
Twinlens on its native engine, each training in a process of its own. pytorch-metric-learning
has in every round the seconds that "${pace}" took, a convolutional network, two features, class-balanced batches, affine augmentation and
AdamW with one cycle of the learning rate. Seconds: median and quartiles of training alone; 5-NN: mean over the seeds, and each.

${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}. ${versions.join(', ')}.

| | seconds | 5-NN | each seed | others kept busy |
|---|---|---|---|---|
${[...presets, ...peers].map(entrantRow).join('\n')}

${conclusions(results).join('\n')}
`
}

function entrantRow(entrant: Entrant): string {
  if ('unavailable' in entrant) return `| ${entrant.name} | not available | ${entrant.unavailable} | | |`
  const { name, turns } = entrant
  const { median: middle, lower, upper } = summarise(turns.map(turn => turn.seconds))
  const each = turns.map(({ accuracy }) => accuracy.toFixed(4)).join(', ')
  const busy = turns.reduce((sum, { othersBusy }) => sum + othersBusy, 0) / turns.length
  const seconds = `${digits(middle)} (${digits(lower)} – ${digits(upper)})`
  return `| ${name} | ${seconds} | ${meanAccuracy(turns).toFixed(4)} | ${each} | ${(100 * busy).toFixed(0)}% |`
}

function conclusions({ presets, peers }: PresetResults): string[] {
  const named = (name: string): Entrant | undefined => presets.find(one => one.name === name)
  const share = shareOfTime(named('fast'), named('recipe'))
  const ours = best(presets)
  const theirs = best(peers)
  return [
    ...(share === undefined ? [] : [`- Fast takes ${(100 * share).toFixed(1)}% of the recipe's time.`]),
    ...(ours === undefined ? [] : [`- The best preset is ${ours.name}: ${ours.accuracy.toFixed(4)}.`]),
    ...(theirs === undefined
      ? []
      : [`- The best of pytorch-metric-learning is ${theirs.name}: ${theirs.accuracy.toFixed(4)}.`]),
  ]
}
