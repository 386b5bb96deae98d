import type { z } from 'zod'

/** One question, one answer. */
export interface CallDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'call'
  readonly input: Input
  readonly output: Output
}

/** Only the newest item counts (a picture, a percentage): one on its way, and a newer one replaces the waiting one. */
export interface LatestDefinition<Input extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  readonly kind: 'stream'
  readonly delivery: 'latest'
  readonly input: Input
  readonly item: Item
  /** Least time between two items, in ms. */
  readonly paceMs?: number
}

/** Every item counts and arrives in order. The handler is not advanced until the client asks for more. */
export interface EveryDefinition<Input extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  readonly kind: 'stream'
  readonly delivery: 'every'
  readonly input: Input
  readonly item: Item
  /** Least time between two items, in ms. */
  readonly paceMs?: number
}

/** Every item counts, and neighbours may be joined: a slow client gets fewer, larger items and holds nothing up. */
export interface MergedDefinition<Input extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType>
  extends EveryDefinition<Input, Item> {
  /**
   * Two neighbouring items as one that says the same: concatenation, mostly. It must be associative.
   * A method, not a property, so that TypeScript takes any item's merge for one of unknown items.
   */
  merge(older: z.output<Item>, newer: z.output<Item>): z.output<Item>
}

/** A stream whose items may be gathered while the client is busy, so that its source need never wait. */
export type GatheredDefinition = LatestDefinition | MergedDefinition
export type StreamDefinition = GatheredDefinition | EveryDefinition
export type Definition = CallDefinition | StreamDefinition
export type Contract = Readonly<Record<string, Definition>>

/** What a caller may hand along. */
export interface CallOptions {
  /** When it aborts, the handler's signal aborts too, and the caller gets `cancelled` at once. */
  readonly signal?: AbortSignal | undefined
}

/** What a handler gets beside its input. */
export interface Context {
  /**
   * Aborts when the caller cancels, stops listening or is gone, with a TwinlensError `cancelled` as its reason; and
   * after the handler has failed, to stop what it left running.
   */
  readonly signal: AbortSignal
}

/** An input that may be undefined may be left out. */
type Arguments<Input> = undefined extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions]

type ClientMethod<D> =
  D extends CallDefinition<infer Input, infer Output>
    ? (...args: Arguments<z.input<Input>>) => Promise<z.output<Output>>
    : D extends { kind: 'stream'; input: infer Input extends z.ZodType; item: infer Item extends z.ZodType }
      ? (...args: Arguments<z.input<Input>>) => AsyncIterable<z.output<Item>>
      : never

type Handler<D> =
  D extends CallDefinition<infer Input, infer Output>
    ? (input: z.output<Input>, context: Context) => Promise<z.output<Output>> | z.output<Output>
    : D extends { kind: 'stream'; input: infer Input extends z.ZodType; item: infer Item extends z.ZodType }
      ? (input: z.output<Input>, context: Context) => AsyncIterable<z.output<Item>>
      : never

/** What `createClient` makes of a contract: a method for every call and stream. */
export type Client<C extends Contract> = { readonly [Name in keyof C]: ClientMethod<C[Name]> }

/** What `serve` asks for: a function for every call and stream; one that is missing does not compile. */
export type Handlers<C extends Contract> = { readonly [Name in keyof C]: Handler<C[Name]> }

type Described<D extends Definition> = Omit<D, 'kind' | 'delivery'>

export const call = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: Described<CallDefinition<Input, Output>>,
): CallDefinition<Input, Output> => ({ kind: 'call', ...definition })

export const latest = <Input extends z.ZodType, Item extends z.ZodType>(
  definition: Described<LatestDefinition<Input, Item>>,
): LatestDefinition<Input, Item> => ({ kind: 'stream', delivery: 'latest', ...definition })

export const every = <Input extends z.ZodType, Item extends z.ZodType>(
  definition: Described<EveryDefinition<Input, Item>>,
): EveryDefinition<Input, Item> => ({ kind: 'stream', delivery: 'every', ...definition })

export const everyMerged = <Input extends z.ZodType, Item extends z.ZodType>(
  definition: Described<MergedDefinition<Input, Item>>,
): MergedDefinition<Input, Item> => ({ kind: 'stream', delivery: 'every', ...definition })

/** Whether the server gathers this stream's items instead of holding its source up. */
export const isGathered = (definition: StreamDefinition): definition is GatheredDefinition =>
  definition.delivery === 'latest' || 'merge' in definition

/** How many items may be on their way, unconsumed, at once. The client grants no more credit than this. */
export const windowOf = (definition: StreamDefinition): number => (definition.delivery === 'latest' ? 1 : 4)
