import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { count, index, nothing } from './values.ts'

const name = z.string().min(1).max(255)

const interruptedSchema = z.object({
  /** Of the run that it will be saved as, and what every call knows it by. */
  name,
  /** The data set's name. */
  data: z.string(),
  /** Of the newest checkpoint; 0 where it had not come to the first one. */
  iteration: index,
  iterations: count,
  /** When that was kept. */
  kept: z.iso.datetime(),
})
export type InterruptedTraining = z.infer<typeof interruptedSchema>

/** Trainings that came to no end: the process was killed, say. `resumeInterrupted` is in the contract itself. */
export const checkpointCalls = {
  /** Those that no process trains now, newest first. */
  interrupted: call({ input: nothing, output: z.array(interruptedSchema) }),
  /** Removes all that was kept of one, for good. @throws busy: it is under way */
  discardInterrupted: call({ input: z.object({ name }), output: nothing }),
} as const
