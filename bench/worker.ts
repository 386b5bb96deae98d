import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Numbers by name: what a worker answers. */
export type Answer = Readonly<Record<string, number>>

/**
 * A process that does nothing until it is asked: a line of JSON, {"do": ..., ...}, to its stdin; it answers with one
 * on its stdout, numbers by name or {"error": sentence}. So every contender has a process of its own, and only one works.
 */
export class Worker {
  readonly #name: string
  readonly #child: ChildProcess
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = []
  readonly #closed: Promise<void>
  #complaints = ''

  constructor(name: string, command: string, args: readonly string[], env: Record<string, string> = {}) {
    this.#name = name
    this.#child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-2000)
    })
    if (this.#child.stdout === null) throw new Error(`${name} has no output.`)
    createInterface({ input: this.#child.stdout }).on('line', line => this.#take(line))
    this.#closed = new Promise(resolve => {
      this.#child.on('error', error => this.#fail(`${name} could not be started: ${error.message}`))
      this.#child.on('close', code => {
        this.#fail(`${name} ended with ${code}. ${lastLine(this.#complaints)}`)
        resolve()
      })
    })
    // What is written to a process that has ended is told by its end.
    this.#child.stdin?.on('error', () => undefined)
  }

  /** @throws Error: it could not do it, in its own words, or it has ended */
  ask(what: string, details: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        reject(new Error(`${this.#name} has ended. ${lastLine(this.#complaints)}`))
        return
      }
      this.#waiting.push({ resolve, reject })
      this.#child.stdin?.write(`${JSON.stringify({ do: what, ...details })}\n`)
    })
  }

  /** What it answers under `name`. */
  async number(name: string, what: string, details: Readonly<Record<string, unknown>> = {}): Promise<number> {
    const value = (await this.ask(what, details))[name]
    if (value === undefined) throw new Error(`${this.#name} did not say "${name}".`)
    return value
  }

  /** Ends it, and waits until its memory is given back. */
  async close(): Promise<void> {
    this.#child.stdin?.end()
    this.#child.kill()
    await this.#closed
  }

  #take(line: string): void {
    const waiting = this.#waiting.shift()
    if (waiting === undefined) return
    const answer = JSON.parse(line) as Answer | { error: string }
    if (typeof answer['error'] === 'string') waiting.reject(new Error(answer['error']))
    else waiting.resolve(answer as Answer)
  }

  #fail(sentence: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(sentence))
  }
}

/** A program of bench/ours, on one backend. */
export const ourWorker = (program: string, backend: string, env: Record<string, string> = {}): Worker =>
  new Worker(`${program} on ${backend}`, process.execPath, [join(import.meta.dirname, 'ours', program)], {
    ...env,
    TWINLENS_BACKEND: backend,
  })

/** A program of bench/peers, in the Python that has its packages (-B: it leaves no compiled files here). */
export const peerWorker = (program: string, python: string, ...args: readonly string[]): Worker =>
  new Worker(program, python, ['-B', join(import.meta.dirname, 'peers', program), ...args])

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
