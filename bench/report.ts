import type { Contender, Figure } from './figure.ts'
import { disturbance } from './quiet.ts'
import type { Results } from './results.ts'
import { median, ratios, type Summary, summarise } from './statistics.ts'
import type { Judgement } from './targets.ts'

/** The run as Markdown: the targets, every figure, the machine. */
export function markdown(results: Results): string {
  const { made, quick, rounds, machine } = results
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`)
  const percent = (share: number): string => `${(100 * share).toFixed(0)}%`
  const busy = `Others kept ${percent(machine.busy.before)} of the cores busy before, ${percent(machine.busy.after)} after.`
  return `# Benchmarks

Written by \`npm run bench -- --write${quick ? ' --quick' : ''}\` on ${made.slice(0, 10)}. Medians with quartiles of ${rounds} rounds unless a row
says otherwise; in every round each contender has its turn, in a process of its own. A ratio is taken within each round, ours over
theirs: below 1 we are ahead.${quick ? ' This was a quick run: short turns, fewer sizes.' : ''}

${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}. ${versions.join(', ')}. ${busy}

## Targets

${targetTable(results.targets)}

## Figures

${results.figures.map(figureTable).join('\n\n')}
`
}

export function targetTable(judgements: readonly Judgement[]): string {
  const rows = judgements.map(({ number, target, measured, reached }) => {
    const unknown = measured === null ? 'not measured' : 'unknown: others kept the cores busy'
    const verdict = reached === null ? unknown : reached ? 'yes' : '**no**'
    return row(String(number), target, measured ?? '', verdict)
  })
  return [row('', 'target', 'measured', 'reached'), '|---|---|---|---|', ...rows].join('\n')
}

export function figureTable(figure: Figure): string {
  const { title, unit, contenders, parts = false, note = '' } = figure
  const ours = contenders[0]
  const rows = contenders.map((contender, i) =>
    'samples' in contender
      ? row(
          contender.name,
          spread(summarise(contender.samples)),
          i === 0 ? '' : compared(ours, contender.samples, parts),
        )
      : row(contender.name, 'not available', contender.unavailable),
  )
  const few = ours !== undefined && 'samples' in ours && ours.samples.length < 5 ? ours.samples.length : 0
  const rounds = few > 0 ? `${few} ${few === 1 ? 'round' : 'rounds'}.` : ''
  const busy = disturbance(figure)
  const others =
    busy === undefined
      ? ''
      : `Others kept ${(100 * busy).toFixed(0)}% of the cores busy meanwhile: no clean figure.`
  const remark = [rounds, others, note].filter(words => words !== '').join(' ')
  const table = [
    row(`${title}`, unit, contenders.length < 2 ? '' : parts ? 'share' : 'ours / theirs'),
    '|---|---|---|',
    ...rows,
  ].join('\n')
  return remark === '' ? table : `${table}\n\n${remark}`
}

function compared(ours: Contender | undefined, theirs: readonly number[], part: boolean): string {
  if (ours === undefined || !('samples' in ours)) return ''
  if (!part) return spread(summarise(ratios(ours.samples, theirs)))
  return `${(100 * median(ratios(theirs, ours.samples))).toFixed(0)}%`
}

const spread = ({ median, lower, upper }: Summary): string =>
  `${digits(median)} (${digits(lower)} – ${digits(upper)})`

/** Three digits that count, no exponent. */
export function digits(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const rounded = Number(value.toPrecision(3))
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))))
  return rounded >= 1000 ? rounded.toLocaleString('en') : rounded.toFixed(decimals)
}

const row = (...cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
