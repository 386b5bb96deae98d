import { type ShallowRef, shallowRef } from 'vue'
import type { Binned } from '../../../shared/contract.ts'
import type { Engine } from '../../engine.ts'
import type { Host } from '../../host.ts'
import { errorNotice } from '../../ui/error-notice.ts'

/** What was deleted, as the window shows it. */
export interface BinState {
  /** Null until it is known. */
  readonly bin: ShallowRef<{ readonly folder: string; readonly all: readonly Binned[] } | null>
  readonly fault: ShallowRef<string | null>
  /** What happened last, for a person. */
  readonly told: ShallowRef<string>
  /** Where it goes when the bin is emptied. */
  readonly into: 'trash' | 'nowhere'
  refresh(): Promise<void>
  restore(one: Binned): Promise<void>
  empty(): Promise<void>
}

export function createBin(
  { client }: Pick<Engine, 'client'>,
  { trashBin }: Pick<Host, 'trashBin'>,
): BinState {
  const bin: BinState['bin'] = shallowRef(null)
  const fault = shallowRef<string | null>(null)
  const told = shallowRef('')
  const attempt = async (work: () => Promise<string>) => {
    fault.value = null
    try {
      told.value = await work()
    } catch (error) {
      told.value = ''
      fault.value = errorNotice(error).text
    }
    // Half of it may have been done.
    try {
      bin.value = await client.bin(undefined)
    } catch (error) {
      fault.value ??= errorNotice(error).text
    }
  }
  return {
    ...{ bin, fault, told, into: trashBin === null ? 'nowhere' : 'trash' },
    refresh: () => attempt(async () => told.value),
    restore: ({ kind, binned, name }) =>
      attempt(async () => {
        if (kind === 'run') await client.restoreRun({ binned })
        else await client.restoreDataSet({ binned })
        return `“${name}” is back.`
      }),
    empty: () =>
      attempt(async () => {
        if (trashBin !== null) return `${await trashBin()} moved to the system’s trash.`
        return `${(await client.emptyBin(undefined)).deleted} deleted for good.`
      }),
  }
}
