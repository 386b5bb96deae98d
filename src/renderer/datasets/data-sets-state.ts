import { type ShallowRef, shallowRef } from 'vue'
import type { DataChoice, ListedDataSet } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { lookAgain } from './missing-pictures.ts'

/** The library of imported data sets, and which one the next training takes. */
export interface DataSets {
  readonly list: ShallowRef<readonly ListedDataSet[]>
  readonly fault: ShallowRef<string | null>
  refresh(): Promise<void>
  /** @returns whether it is open now */
  open(choice: DataChoice): Promise<boolean>
  /** For the pictures of the run that is open, which are missing. @returns whether that could be asked */
  lookAgain(): Promise<boolean>
  rename(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
}

/** @param onOpened what is open is what is trained with, and what is remembered */
export function createDataSets(
  engine: Pick<Engine, 'client' | 'data' | 'points' | 'training' | 'notice'>,
  onOpened: (choice: DataChoice) => void,
): DataSets {
  const { client, data, points, training, notice } = engine
  const list = shallowRef<readonly ListedDataSet[]>([])
  const fault = shallowRef<string | null>(null)

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    fault.value = null
    try {
      await work()
      return true
    } catch (error) {
      fault.value = errorNotice(error).text
      return false
    }
  }
  const refresh = async () => {
    await attempt(async () => {
      list.value = await client.dataSets(undefined)
    })
  }
  const changed = (work: () => Promise<unknown>) => async () => {
    // A fault stays to be read: listing anew would wipe it off.
    if (await attempt(work)) await refresh()
  }
  return {
    list,
    fault,
    refresh,
    open: choice =>
      attempt(async () => {
        const summary = await client.openData(choice)
        // The scatter never sees points of other images.
        points.value = null
        data.value = summary
        onOpened(choice)
      }),
    lookAgain: () => attempt(() => lookAgain({ client, training })),
    rename: (id, name) => changed(() => client.renameDataSet({ id, name }))(),
    remove: id =>
      changed(async () => {
        const name = list.value.find(one => one.id === id)?.dataSet?.name ?? 'What could not be read'
        const { binned, bin } = await client.removeDataSet({ id })
        const undo = changed(() => client.restoreDataSet({ binned }))
        notice.value = {
          tone: 'information',
          text: `“${name}” was moved to the bin: ${bin}.`,
          action: { label: 'Undo', act: () => void undo() },
        }
      })(),
  }
}
