import type { dataCalls } from '../../../shared/contract/data.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { correctionsOf } from '../corrections/correct-data-set.ts'
import { importSource } from '../data/import/making/import-source.ts'
import { scan } from '../data/import/making/scan.ts'
import { binDataSet, dataSetBin, restoreDataSet } from '../data/library/data-set-bin.ts'
import { describeDataSet, listDataSets, renameDataSet } from '../data/library/data-set-library.ts'
import type { ServiceContext } from './context.ts'
import { dataTable } from './data-table.ts'

export const dataHandlers = (context: ServiceContext) =>
  ({
    scanSource: ({ paths, options }, { signal }) => scan(paths, options, signal),
    importSource: ({ paths, options }, { signal }) => importSource(paths, options, signal),
    dataSets: listDataSets,
    dataTable: () => dataTable(context.data()),
    renameDataSet: async ({ id, name }) => {
      await renameDataSet(id, name)
      return describeDataSet(id)
    },
    removeDataSet: async ({ id }) => {
      const { source } = correctionsOf(context.data()).original
      if (source.kind === 'imported' && source.id === id) {
        throw new TwinlensError('busy', 'This data set is open. Open another one first.')
      }
      return { binned: await binDataSet(id), bin: dataSetBin() }
    },
    restoreDataSet: async ({ binned }) => describeDataSet(await restoreDataSet(binned)),
  }) satisfies Handlers<typeof dataCalls>
