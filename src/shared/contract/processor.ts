import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { count, nothing } from './values.ts'

const processorSchema = z.object({
  cores: count,
  /** That the products are spread over now; another choice counts from the engine's next start. */
  threads: count,
  leaveCoreFree: z.boolean(),
})
export type Processor = z.infer<typeof processorSchema>

/** How much of the processor the engine takes. */
export const processorCalls = {
  processor: call({ input: nothing, output: processorSchema }),
  /** Kept for the engine's next start: TensorFlow's threads are chosen once. */
  leaveCoreFree: call({ input: z.boolean(), output: processorSchema }),
} as const
