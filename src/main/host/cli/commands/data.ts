import type { Command } from 'commander'
import type { ImportedDataSet, ListedDataSet } from '../../../../shared/contract/data.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import {
  binDataSet,
  binnedDataSets,
  dataSetBin,
  emptyDataSetBin,
  restoreDataSet,
} from '../../../engine/data/library/data-set-bin.ts'
import { describeDataSet, listDataSets, readMeta } from '../../../engine/data/library/data-set-library.ts'
import { importData, inWords } from '../data/import-data.ts'
import { addImportOptions, type ImportFlags } from '../data/import-options.ts'
import { table } from '../report/table.ts'

const help = `
Examples:
  twinlens data import photos --size 32 --colour yes
  twinlens data import photos labels.csv --skipped left-out.csv
  twinlens data list
  twinlens train --data photos        imports it, or takes it from the library`

const shortId = (id: string): string => id.slice(0, 12)

export function dataCommand(program: Command): void {
  const data = program
    .command('data')
    .description('Your own data sets: import, list, show, remove, restore, empty the bin.')
  data.addHelpText('after', help)
  addImportOptions(
    data
      .command('import')
      .description('Import pictures into the library: a folder per class, labels in a table, and more.')
      .argument('<PATH...>', 'a folder, or files that belong together'),
  )
    .option('--name <name>', 'what it is called (the folder’s name)')
    .option('--json', 'write JSON')
    .action(async (paths: string[], options: ImportFlags & { name?: string; json?: boolean }) => {
      const dataSet = await importData(paths, options, options.name)
      console.log(options.json === true ? JSON.stringify(dataSet) : dataSet.id)
    })
  data
    .command('list')
    .description('What is in the library.')
    .option('--json', 'write JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const found = await listDataSets()
      console.log(json === true ? JSON.stringify(found) : listTable(found))
    })
  data
    .command('show')
    .description('One data set: where it came from, how it was made, its classes.')
    .argument('<ID|NAME>', 'its name, or its id or the beginning of it')
    .option('--json', 'write JSON')
    .action(async (which: string, { json }: { json?: boolean }) => {
      const { id } = await find(which)
      const meta = await readMeta(id)
      const { dataSet } = await describeDataSet(id)
      if (json === true) console.log(JSON.stringify({ ...meta, ...dataSet, skipped: meta.skipped }))
      else if (dataSet !== null) {
        const { fit } = meta.framing
        console.log(
          [
            inWords(dataSet),
            `Id: ${id}`,
            `From: ${meta.paths.join(', ')} (${meta.format})`,
            `Made: ${fit}${meta.framing.invert ? ', inverted' : ''}; ${meta.skipped.length} left out`,
            `Classes: ${meta.classes.join(', ')}`,
          ].join('\n'),
        )
      }
    })
  data
    .command('remove')
    .description('Move a data set to the bin; the pictures that it was made of stay where they are.')
    .argument('<ID|NAME>', 'its name, or its id or the beginning of it')
    .action(async (which: string) => {
      const { id, dataSet } = await find(which)
      const name = dataSet?.name ?? shortId(id)
      await binDataSet(id)
      console.log(`"${name}" was moved to the bin. It comes back by: twinlens data restore "${name}"`)
    })
  data
    .command('restore')
    .description('Bring a data set back from the bin; without a name, list what lies there.')
    .argument('[ID|NAME]', 'its name, or its id or the beginning of it; of several the one removed last')
    .action(async (which?: string) => {
      const binned = await binnedDataSets()
      if (which === undefined) {
        const rows = binned.map(one => [shortId(one.id), one.name, one.deleted])
        console.log(rows.length === 0 ? 'The bin is empty.' : table(['Id', 'Name', 'Removed'], rows))
        return
      }
      const found = binned.find(({ id, name }) => isCalled(which, id, name))
      if (found === undefined) throw invalidInput(`There is no data set "${which}" in the bin.`)
      await restoreDataSet(found.binned)
      console.log(`Restored "${found.name}".`)
    })
  data
    .command('empty-bin')
    .description('Delete for good the data sets that lie in the bin.')
    .option('--yes', 'do it; without, only tell how many there are')
    .action(async ({ yes }: { yes?: boolean }) => {
      const count = (await binnedDataSets()).length
      if (yes === true) console.log(`${await emptyDataSetBin()} deleted for good.`)
      else
        console.log(
          count === 0 ? 'The bin is empty.' : `${count} in ${dataSetBin()}. Delete them for good with --yes.`,
        )
    })
}

const isCalled = (which: string, id: string, name?: string): boolean =>
  name === which || (/^[0-9a-f]{6,}$/.test(which) && id.startsWith(which))

/** @throws invalid-input: none, or several */
async function find(which: string): Promise<ListedDataSet> {
  const all = await listDataSets()
  const found = all.filter(({ id, dataSet }) => isCalled(which, id, dataSet?.name))
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  throw invalidInput(
    only === undefined
      ? `There is no data set "${which}" in the library. twinlens data list tells what there is.`
      : `Several data sets are called "${which}": name one by its id. ${found.map(({ id }) => shortId(id)).join(', ')}`,
  )
}

function listTable(found: readonly ListedDataSet[]): string {
  if (found.length === 0) return 'The library is empty. twinlens data import PATH fills it.'
  const row = ({ id, dataSet, fault }: ListedDataSet): (string | number)[] => {
    const { name, trainCount, testCount, classes } = dataSet ?? {}
    return [
      shortId(id),
      name ?? '',
      imagesOf(dataSet),
      trainCount ?? '',
      testCount ?? '',
      classes?.length ?? '',
      fault ?? '',
    ]
  }
  return table(['Id', 'Name', 'Images', 'Train', 'Test', 'Classes', 'Fault'], found.map(row))
}

const imagesOf = (dataSet: ImportedDataSet | null): string =>
  dataSet === null ? '' : `${dataSet.width} x ${dataSet.height} ${dataSet.channels === 3 ? 'colour' : 'grey'}`
