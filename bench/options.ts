import { parseArgs } from 'node:util'

export interface Options {
  readonly quick: boolean
  /** Names of measures; empty: all. */
  readonly only: readonly string[]
  readonly rounds: number | undefined
  /** How long to wait for others who keep the cores busy, in all, minutes. */
  readonly wait: number | undefined
  /** Write docs/bench.md. */
  readonly write: boolean
}

const usage = `npm run bench -- [--quick] [--only MEASURE,...] [--rounds N] [--wait MINUTES] [--write]

  --quick   about a minute: what the targets ask for, shorter turns, 300 iterations in place of 3,000
  --only    these measures and no other
  --rounds  turns that each contender takes (5)
  --wait    how long to wait, in all, while others keep the cores busy (3; quick: 0.1)
  --write   also write the tables to docs/bench.md

Measures:`

/** @param measures their titles by name @throws Error with the usage: a flag or a measure that there is not */
export function parseOptions(args: readonly string[], measures: ReadonlyMap<string, string>): Options {
  const list = [...measures].map(([name, title]) => `  ${name.padEnd(10)}${title}`).join('\n')
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        rounds: { type: 'string' },
        wait: { type: 'string' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) throw new Error('What it takes:')
    const only = values.only?.split(',').filter(name => name !== '') ?? []
    for (const name of only) if (!measures.has(name)) throw new Error(`There is no measure "${name}".`)
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
    if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
      throw new Error('--rounds takes a whole number from 1.')
    }
    const wait = values.wait === undefined ? undefined : Number(values.wait)
    if (wait !== undefined && !(wait >= 0 && wait < Number.POSITIVE_INFINITY)) {
      throw new Error('--wait takes minutes.')
    }
    if (values.write && only.length > 0) {
      throw new Error('--write needs all measures: leave out --only, or the page would lose the others.')
    }
    return { quick: values.quick, only, rounds, wait, write: values.write }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n${list}`)
  }
}
