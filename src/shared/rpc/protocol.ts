import { z } from 'zod'
import { wireErrorSchema } from '../errors.ts'

/**
 * The whole wire format. A client numbers its requests; everything about one request carries its number. A call is
 * answered by one `value` or `error`; a stream by any number of `item`s, each paid for by one credit, and then by
 * `end` or `error`. Payloads are checked elsewhere: inputs by the contract's schemas, outputs by the compiler.
 */
const id = z.int().min(1)

/** More credit than any client of ours grants; a bound, so that a faulty peer cannot ask for a flood. */
const maxCredit = 1024

/** What a client sends. `cancel` and `credit` for a request that is over are normal: messages cross. */
export const toServerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), id, method: z.string().max(100), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id }),
  z.object({ type: z.literal('credit'), id, count: z.int().min(1).max(maxCredit) }),
])
export type ToServer = z.infer<typeof toServerSchema>

/** What a server sends. After `value`, `end` or `error` nothing more comes for that request. */
export const toClientSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('value'), id, value: z.unknown() }),
  z.object({ type: z.literal('item'), id, item: z.unknown() }),
  z.object({ type: z.literal('end'), id }),
  z.object({ type: z.literal('error'), id, error: wireErrorSchema }),
])
export type ToClient = z.infer<typeof toClientSchema>
