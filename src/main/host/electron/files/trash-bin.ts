import type { Shell } from 'electron'
import { badFile } from '../../../../shared/errors.ts'
import { wholeBin } from '../../../engine/data/library/whole-bin.ts'

/**
 * Moves all that lies in Twinlens' bin to the system's trash, from where a person gets it back by the system's own means.
 * @returns how many that were @throws TwinlensError bad-file: the system does not take it; what was moved before is there
 */
export async function trashBin(shell: Pick<Shell, 'trashItem'>): Promise<number> {
  const all = await wholeBin()
  for (const { folder } of all) {
    try {
      await shell.trashItem(folder)
    } catch (error) {
      throw badFile(folder, 'the system’s trash does not take it. It is still in the bin of Twinlens.', error)
    }
  }
  return all.length
}
