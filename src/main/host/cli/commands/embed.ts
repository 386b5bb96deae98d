import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import { invalidInput } from '../../../../shared/errors.ts'
import { tableOf, toDelimited } from '../../../engine/exports/table.ts'
import { openRun } from '../../../engine/runs/run-folder.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { openBackend } from '../../../engine/tensorflow/backends.ts'
import { addDataOptions, type DataOptions, dataRequestOf } from '../data/data-options.ts'
import { embedData, encoderOption, runOrEncoder } from '../encoder.ts'
import { backendOption } from '../options.ts'

interface EmbedOptions extends DataOptions {
  readonly out: string
  readonly split: 'test' | 'train' | 'all'
  readonly encoder?: string
  readonly backend?: string
}

const delimiters: Record<string, ',' | '\t'> = { '.csv': ',', '.tsv': '\t' }

const help = `
Of a run, the features are those that it has kept. --encoder embeds a data set, chosen as for train, with an encoder of
another tool; docs/exports.md tells what it may be.

Examples:
  twinlens embed my-run --out features.csv --split all
  twinlens embed --encoder theirs.onnx --data digits --out features.csv`

export function embedCommand(program: Command): void {
  const command = program
    .command('embed')
    .description('Write features, an image a row: index, split, label, feature1, feature2, ...')
    .argument('[RUN]', "a run's folder")
    .addOption(encoderOption())
    .requiredOption('--out <FILE.csv|FILE.tsv>', 'the file to write')
    .addOption(new Option('--split <part>', 'which images').choices(['test', 'train', 'all']).default('test'))
    .addOption(backendOption())
    .addHelpText('after', help)
  addDataOptions(command).action(async (folder: string | undefined, options: EmbedOptions) => {
    const { out, split } = options
    const delimiter = delimiters[extname(out).toLowerCase()]
    if (delimiter === undefined) throw invalidInput(`${out}: name a file that ends in .csv or .tsv.`)
    const by = runOrEncoder(folder, options.encoder, command)
    const parts = split === 'all' ? (['train', 'test'] as const) : [split]
    if ('encoder' in by) await openBackend(options.backend)
    const embedded =
      'run' in by
        ? await openRun(by.run)
        : (await embedData(by.encoder, await dataRequestOf(options), parts)).embedded
    const rows = tableOf(embedded, parts)
    await writeFileWhole(out, toDelimited(rows, delimiter))
    console.log(`${rows.length - 1} images written to ${out}`)
  })
}
