import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { invalidInput } from '../../../../shared/errors.ts'
import { tableOf, toDelimited } from '../../../engine/exports/table.ts'
import { openRun } from '../../../engine/runs/run-folder.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'

type Split = 'test' | 'train' | 'all'

const delimiters: Record<string, ',' | '\t'> = { '.csv': ',', '.tsv': '\t' }

export function embedCommand(program: Command): void {
  program
    .command('embed')
    .description("Write a run's features, an image a row: index, split, label, feature1, feature2, ...")
    .argument('<RUN>', "a run's folder")
    .requiredOption('--out <FILE.csv|FILE.tsv>', 'the file to write')
    .addOption(new Option('--split <part>', 'which images').choices(['test', 'train', 'all']).default('test'))
    .addHelpText('after', '\nExample:\n  twinlens embed my-run --out features.csv --split all')
    .action(async (folder: string, { out, split }: { out: string; split: Split }) => {
      const delimiter = delimiters[extname(out).toLowerCase()]
      if (delimiter === undefined) throw invalidInput(`${out}: name a file that ends in .csv or .tsv.`)
      const rows = tableOf(await openRun(resolve(folder)), split === 'all' ? ['train', 'test'] : [split])
      await writeFileWhole(out, toDelimited(rows, delimiter))
      console.log(`${rows.length - 1} images written to ${out}`)
    })
}
