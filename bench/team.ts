import type { Contender } from './figure.ts'
import { interleave } from './rounds.ts'
import type { Worker } from './worker.ts'

/** A contender with a process of its own. */
export interface Member {
  readonly name: string
  /** @throws Error, whose message is a sentence: it is not to be had here */
  start(): Promise<Worker>
  /** Readies it; not timed. */
  prepare(worker: Worker): Promise<void>
}

/** Contenders whose processes live through several figures. Who cannot start or falls out is told in the figure. */
export class Team {
  readonly #workers: ReadonlyMap<string, Worker | Error>

  private constructor(workers: ReadonlyMap<string, Worker | Error>) {
    this.#workers = workers
  }

  static async gather(members: readonly Member[]): Promise<Team> {
    const workers = new Map<string, Worker | Error>()
    for (const { name, start, prepare } of members) {
      let worker: Worker | undefined
      try {
        worker = await start()
        await prepare(worker)
        workers.set(name, worker)
      } catch (error) {
        await worker?.close()
        workers.set(name, error instanceof Error ? error : new Error(String(error)))
      }
    }
    return new Team(workers)
  }

  /** Everybody takes a turn in every round. */
  race(rounds: number, take: (worker: Worker) => Promise<number>): Promise<Contender[]> {
    const players = [...this.#workers].map(([name, worker]) => ({
      name,
      take: async () => {
        if (worker instanceof Error) throw worker
        return take(worker)
      },
    }))
    return interleave(players, rounds)
  }

  /** Ends the processes, and waits until their memory is given back. */
  async close(): Promise<void> {
    for (const worker of this.#workers.values()) if (!(worker instanceof Error)) await worker.close()
  }
}
