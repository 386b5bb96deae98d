import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from '../../fuzz/judge.ts'
import { damaged, damages } from '../../fuzz/mutate.ts'
import { allParsers } from '../../fuzz/parsers.ts'
import { temporaryFolder } from '../../support/files.ts'

/** `npm run fuzz` tries 100,000 with seeds that are new each time; these are the same ones in every run of the tests. */
const cases = 2_000
const parsers = await allParsers()

test.each(parsers)('$name: whatever the bytes, there is a valid result or a message', async parser => {
  const folder = await temporaryFolder()
  const property = fc.asyncProperty(damages, async damage => {
    expect(await judge(parser, damaged(parser.seeds, damage), folder)).toBeUndefined()
  })
  await fc.assert(property, { numRuns: Math.ceil(cases / parsers.length), seed: 9 })
})

test.each(parsers)('$name: the real files are read', async parser => {
  const folder = await temporaryFolder()
  for (const seed of parser.seeds) {
    const outcome = await parser.parse(seed, folder).catch((error: unknown) => error)
    // objects.npz is a real file that is refused.
    if (!(outcome instanceof Error && /Python objects/.test(outcome.message))) expect(outcome).toBeUndefined()
  }
})
