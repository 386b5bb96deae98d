import type { Command } from 'commander'
import type { RunSummary } from '../../../../shared/contract/run-library.ts'
import { mostCompared } from '../../../../shared/contract/run-library.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import { endsWithInWords, evaluatedInWords } from '../../../../shared/evaluated.ts'
import { fieldList } from '../../../../shared/hyperparameters.ts'
import { valueText } from '../../../../shared/run-differences.ts'
import { binFolder, binnedRuns, binRun, emptyBin, restoreRun } from '../../../engine/runs/library/bin.ts'
import { compareRuns } from '../../../engine/runs/library/compare-runs.ts'
import { RunLibrary } from '../../../engine/runs/library/run-library.ts'
import { changeNotes } from '../../../engine/runs/library/run-notes.ts'
import { savedRunFolder } from '../../../engine/runs/run-folders.ts'
import { qualityTable } from '../report/quality.ts'
import { table } from '../report/table.ts'
import { duration } from '../report/training-progress.ts'

const help = `
Examples:
  twinlens runs list --search best
  twinlens runs show "2026-01-02 03-04-05"
  twinlens runs note "2026-01-02 03-04-05" --title "Wide margin" --tag best --note "The one to keep."
  twinlens runs compare "2026-01-02 03-04-05" "2026-01-02 03-09-12"
  twinlens runs delete "2026-01-02 03-04-05"     to the bin
  twinlens runs restore "2026-01-02 03-04-05"    and back`

/** The saved runs, by their names: those of the data folder, which the window lists too. */
export function runsCommand(program: Command): void {
  const runs = program
    .command('runs')
    .description('The saved runs: list, show, compare, note, delete, restore, empty the bin.')
  runs.addHelpText('after', help)
  runs
    .command('list')
    .description('All saved runs, newest first.')
    .option('--search <words>', 'only those that hold every word in name, title, note, tags or data set', '')
    .option('--json', 'write one JSON object a line')
    .action(async ({ search, json }: { search: string; json?: boolean }) => {
      const found = (await new RunLibrary().list()).filter(run => holds(run, search))
      if (json === true) for (const { thumbnail: _, ...run } of found) console.log(JSON.stringify(run))
      else console.log(found.length === 0 ? 'No runs.' : listText(found))
    })
  runs
    .command('show')
    .description('How a run was made, how it came out, and what was written of it.')
    .argument('<RUN>', 'its name')
    .action(async (name: string) => console.log(showText(await new RunLibrary().of(name))))
  runs
    .command('compare')
    .description('What differs between runs, and how each came out.')
    .argument('<RUNS...>', `two to ${mostCompared} names`)
    .action(async (names: string[]) => {
      if (names.length < 2 || names.length > mostCompared)
        throw invalidInput(`Name two to ${mostCompared} runs to compare.`)
      const { runs: compared, differences } = await compareRuns(new RunLibrary(), names, 1, 0)
      const rows = [
        ...qualityRows(compared),
        ...networkRows(compared),
        ...differences.map(({ what, values }) => [what, ...values]),
      ]
      console.log(table(['', ...compared.map(titleOf)], rows))
    })
  runs
    .command('note')
    .description('Write of a run: what is left out stays.')
    .argument('<RUN>', 'its name')
    .option('--title <text>', 'shown in place of its name')
    .option('--note <text>', 'as long as you like, up to 10,000 characters')
    .option('--tag <tags...>', 'its tags, in place of those that it has')
    .action(async (name: string, change: { title?: string; note?: string; tag?: string[] }) => {
      const { title, note, tag: tags } = change
      await changeNotes(savedRunFolder(name), { title, note, tags })
      console.log(showText(await new RunLibrary().of(name)))
    })
  runs
    .command('delete')
    .description('Move runs to the bin.')
    .argument('<RUNS...>', 'their names')
    .action(async (names: string[]) => {
      for (const name of names) savedRunFolder(name)
      for (const name of names) {
        await binRun(name)
        console.log(`"${name}" was moved to the bin. It comes back by: twinlens runs restore "${name}"`)
      }
    })
  runs
    .command('restore')
    .description('Bring a run back from the bin; without a name, list what lies there.')
    .argument('[RUN]', 'its name; of several the one deleted last')
    .action(async (name?: string) => {
      const binned = await binnedRuns()
      if (name === undefined) {
        const rows = binned.map(one => [one.name, one.deleted])
        console.log(rows.length === 0 ? 'The bin is empty.' : table(['Run', 'Deleted'], rows))
        return
      }
      const found = binned.find(one => one.name === name)
      if (found === undefined) throw invalidInput(`There is no run "${name}" in the bin.`)
      console.log(`Restored as "${await restoreRun(found.binned)}".`)
    })
  runs
    .command('empty-bin')
    .description('Delete for good what lies in the bin.')
    .option('--yes', 'do it; without, only tell how much that is')
    .action(async ({ yes }: { yes?: boolean }) => {
      const count = (await binnedRuns()).length
      if (yes === true) console.log(`${await emptyBin()} deleted for good.`)
      else
        console.log(
          count === 0 ? 'The bin is empty.' : `${count} in ${binFolder()}. Delete them for good with --yes.`,
        )
    })
}

const titleOf = ({ notes, name }: RunSummary): string => notes.title || name

function holds({ name, notes, about }: RunSummary, search: string): boolean {
  const text = [name, notes.title, notes.note, ...notes.tags, about?.data.name ?? ''].join('\n').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

const listText = (runs: readonly RunSummary[]): string =>
  table(
    ['Run', 'Title', 'Tags', '5-NN', 'AUC', 'Iterations', 'Time', 'Data set'],
    runs.map(({ name, notes, about, fault }) => [
      name,
      notes.title,
      notes.tags.join(', '),
      about?.quality.knnAccuracy?.toFixed(4) ?? '–',
      about?.quality.auc?.toFixed(4) ?? '–',
      about === null ? '–' : String(about.iterations),
      about === null ? '–' : duration(about.seconds),
      fault ?? about?.data.name ?? '',
    ]),
  )

function showText(run: RunSummary): string {
  const { name, folder, notes, about, fault } = run
  const head = [
    ['Run', name],
    ['Title', notes.title],
    ['Tags', notes.tags.join(', ')],
    ['Note', notes.note],
    ['Folder', folder],
    ['Fault', fault ?? ''],
  ].filter(([, value]) => value !== '')
  if (about === null) return table(['', ''], head)
  const { hyperparameters, data, created, iterations, seconds, backend, quality, evaluated } = about
  const made = [
    ['Saved', created],
    ['Data set', `${data.name}, ${data.trainCount} training and ${data.testCount} test images`],
    ...(about.warmFrom === null ? [] : [['Weights from', about.warmFrom]]),
    ['Iterations done', String(iterations)],
    ['Time', duration(seconds)],
    ...(evaluated === null ? [] : [['Evaluations', evaluatedInWords(evaluated)]]),
    ['Computed with', backend],
    ...fieldList.map(([field, { label }]) => [label, valueText(hyperparameters[field])]),
  ]
  return `${table(['', ''], [...head, ...made])}\n\n${qualityTable(quality)}`
}

const qualityRows = (runs: readonly RunSummary[]): string[][] =>
  (
    [
      ['5-NN accuracy', 'knnAccuracy'],
      ['precision@9', 'precisionAt9'],
      ['verification AUC', 'auc'],
      ['equal error rate', 'eer'],
    ] as const
  ).map(([what, measure]) => [what, ...runs.map(({ about }) => about?.quality[measure]?.toFixed(4) ?? '–')])

/** Whose network each has, where one of them was evaluated on its way. */
function networkRows(runs: readonly RunSummary[]): string[][] {
  const all = runs.map(({ about }) => about?.evaluated ?? null)
  if (all.every(evaluated => evaluated === null)) return []
  return [
    ['network', ...all.map(evaluated => (evaluated === null ? 'the last' : endsWithInWords(evaluated)))],
  ]
}
