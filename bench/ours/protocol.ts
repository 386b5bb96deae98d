import { createInterface } from 'node:readline'

/** One line of a request: what to do, and with what. */
export type Request = Readonly<Record<string, unknown>>

/** Does what is asked, one after the other. @returns numbers by name */
export type Handlers = Readonly<
  Record<string, (request: Request) => Promise<Readonly<Record<string, number>>>>
>

/** Answers requests on stdin, one JSON line each, until it ends (see `Worker` in bench/worker.ts). */
export async function serve(handlers: Handlers): Promise<void> {
  // Libraries greet on stdout, which is for answers.
  console.log = console.error
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request
    const handler = handlers[String(request['do'])]
    let answer: object
    try {
      if (handler === undefined) throw new Error(`Nobody knows how to "${request['do']}".`)
      answer = await handler(request)
    } catch (error) {
      console.error(error)
      answer = { error: error instanceof Error ? error.message : String(error) }
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
}

/** A number that the request must have. @throws Error */
export function numberOf(request: Request, name: string): number {
  const value = request[name]
  if (typeof value !== 'number') throw new Error(`The request lacks the number "${name}".`)
  return value
}

/** A text that the request must have. @throws Error */
export function textOf(request: Request, name: string): string {
  const value = request[name]
  if (typeof value !== 'string') throw new Error(`The request lacks the text "${name}".`)
  return value
}

/**
 * Repeats work until it has taken `turnMs`, at least once; one repetition before that is not timed, because it finds
 * threads asleep and caches full of what others did.
 * @returns ms a repetition
 */
export async function timed(turnMs: number, work: () => Promise<void>): Promise<number> {
  await work()
  const started = performance.now()
  let repetitions = 0
  do {
    await work()
    repetitions++
  } while (performance.now() - started < turnMs)
  return (performance.now() - started) / repetitions
}
