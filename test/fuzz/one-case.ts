import fc from 'fast-check'
import { type Damage, damaged, damages } from './mutate.ts'
import type { FuzzedParser } from './parser.ts'

/** The bytes of one case. They follow from the parser's real files and the seed alone, so that it can be made again. */
export function caseOf({ seeds }: FuzzedParser, seed: number): Buffer {
  const [damage] = fc.sample(damages, { seed, numRuns: 1 })
  return damaged(seeds, damage as Damage)
}
