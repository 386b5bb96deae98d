import type { runLibraryCalls } from '../../../shared/contract/run-library.ts'
import type { TwinlensContract } from '../../../shared/contract.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { binFolder, binRun, restoreRun } from '../runs/library/bin.ts'
import { compareRuns } from '../runs/library/compare-runs.ts'
import { RunLibrary } from '../runs/library/run-library.ts'
import { changeNotes } from '../runs/library/run-notes.ts'
import { savedRunFolder } from '../runs/run-folders.ts'
import type { ServiceContext } from './context.ts'
import { openSavedRun } from './open-saved-run.ts'

export const runLibraryHandlers = (context: ServiceContext) => {
  const library = new RunLibrary()
  return {
    openRun: of => openSavedRun('name' in of ? savedRunFolder(of.name) : of.folder, context),
    runs: () => library.list(),
    describeRun: async ({ name, notes }) => {
      await changeNotes(savedRunFolder(name), notes)
      return library.of(name)
    },
    deleteRun: async ({ name }) => ({ binned: await binRun(name), bin: binFolder() }),
    restoreRun: async ({ binned }) => ({ name: await restoreRun(binned) }),
    compareRuns: ({ names, buckets, smoothing }) => compareRuns(library, names, buckets, smoothing),
  } satisfies Handlers<typeof runLibraryCalls & Pick<TwinlensContract, 'openRun'>>
}
