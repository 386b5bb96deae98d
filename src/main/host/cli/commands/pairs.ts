import type { Command } from 'commander'
import { invalidInput } from '../../../../shared/errors.ts'
import { defaults, fields } from '../../../../shared/hyperparameters.ts'
import { checkTrainable, imageAt } from '../../../engine/data/data-set.ts'
import { drawSheet, type Tile } from '../../../engine/pictures/sheet.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { PairSampler } from '../../../engine/twin/pairs.ts'
import { Random } from '../../../engine/twin/random.ts'
import { addDataOptions, type DataOptions, openData } from '../data/data-options.ts'
import { wholeNumber } from '../options.ts'
import { table } from '../report/table.ts'

interface PairsOptions extends DataOptions {
  readonly count: number
  readonly seed: number
  readonly sheet?: string
}

export function pairsCommand(program: Command): void {
  const command = program.command('pairs').description('Show sample pairs, as the training draws them.')
  addDataOptions(command)
    .option('--count <number>', 'pairs to show', wholeNumber, 10)
    .option('--seed <number>', fields.seed.help, wholeNumber, defaults.seed)
    .option('--sheet <FILE.png>', 'also draw them')
    .addHelpText('after', '\nExample:\n  twinlens pairs --sheet pairs.png')
    .action(async (options: PairsOptions) => showPairs(options))
}

async function showPairs(options: PairsOptions): Promise<void> {
  const { count, seed, sheet } = options
  if (count < 1 || count > 1000) throw invalidInput(`--count must be from 1 up to 1000, not ${count}.`)
  const { train, classes } = await openData(options)
  checkTrainable(train, classes)
  const pairs = new PairSampler(train.labels, Random.seeded(seed, 'display')).draw(count)
  const kind = (i: number): string => (pairs.similar[i] === 1 ? 'similar' : 'dissimilar')
  const className = (index: number): string => classes[train.labels[index] as number] as string
  const rows = Array.from(pairs.first, (first, i) => {
    const second = pairs.second[i] as number
    return [i + 1, kind(i), first, className(first), second, className(second)]
  })
  console.log(table(['Pair', 'Kind', 'First', 'Class', 'Second', 'Class'], rows))
  if (sheet === undefined) return
  const tiles = Array.from(pairs.first, (first, i): Tile => {
    return { images: [imageAt(train, first), imageAt(train, pairs.second[i] as number)], caption: [kind(i)] }
  })
  await writeFileWhole(sheet, await drawSheet('Sample pairs', tiles, 5, train))
  console.log(`\nDrawn in ${sheet}`)
}
