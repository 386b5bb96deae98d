/** Runs a job at most once in so many ms and never twice at a time, however often it is wished for; never drops the last wish. */
export interface Paced {
  wish(): void
}

const rest = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** @param job must not reject: it tells of its own failures */
export function paced(job: () => Promise<void>, ms: number): Paced {
  let wished = false
  let running = false
  const run = async () => {
    running = true
    while (wished) {
      wished = false
      await Promise.all([job(), rest(ms)])
    }
    running = false
  }
  return {
    wish() {
      wished = true
      if (!running) void run()
    },
  }
}
