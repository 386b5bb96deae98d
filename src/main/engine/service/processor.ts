import type { Processor, processorCalls } from '../../../shared/contract/processor.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { readPreferences, writePreferences } from '../preferences.ts'
import { computingThreads, processorCores } from '../tensorflow/threads.ts'

/** @param threads that TensorFlow was told when it was loaded */
export function processorHandlers(threads = computingThreads()) {
  const now = (): Processor => ({ cores: processorCores(), threads, ...readPreferences() })
  return {
    processor: now,
    leaveCoreFree: async leaveCoreFree => {
      await writePreferences({ leaveCoreFree })
      return now()
    },
  } satisfies Handlers<typeof processorCalls>
}
