import { type ShallowRef, shallowRef } from 'vue'
import type { EncoderProgress, EncoderSource } from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import { perEngine } from '../search/per-engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { readEncoderFiles } from './encoder-files.ts'

/** An encoder on its way in. */
export interface EncoderImport {
  /** Null while none is. */
  readonly progress: ShallowRef<EncoderProgress | null>
  /** @returns whether it is open now; what hinders it is told as a notice */
  begin(source: EncoderSource): Promise<boolean>
  /** The same with files that a browser has. */
  beginFiles(files: readonly File[]): Promise<boolean>
  /** What was open stays. */
  cancel(): void
}

export function createEncoderImport({ client, notice }: Pick<Engine, 'client' | 'notice'>): EncoderImport {
  const progress = shallowRef<EncoderProgress | null>(null)
  let current = new AbortController()

  const begin = async (source: EncoderSource): Promise<boolean> => {
    if (progress.value !== null) return false
    current = new AbortController()
    notice.value = null
    progress.value = { phase: 'opening', done: 0, total: 0 }
    try {
      let phase: EncoderProgress['phase'] = 'opening'
      for await (const item of client.importEncoder(source, { signal: current.signal })) {
        progress.value = item
        phase = item.phase
      }
      return phase === 'done'
    } catch (error) {
      if (!(error instanceof TwinlensError && error.kind === 'cancelled')) notice.value = errorNotice(error)
      return false
    } finally {
      progress.value = null
    }
  }
  return {
    progress,
    begin,
    beginFiles: async files => {
      const read = await readEncoderFiles(files)
      if ('source' in read) return begin(read.source)
      notice.value = { tone: 'error', text: read.fault }
      return false
    },
    cancel: () => current.abort(),
  }
}

export const useEncoderImport: () => EncoderImport = perEngine(createEncoderImport)
