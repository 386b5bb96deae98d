/**
 * Tries cases one after the other in a process of its own, which a decoder may take down: node child.ts PARSER SEED
 * COUNT FILE. Before each case its bytes are written to FILE, so that they are there whatever happens.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge } from './judge.ts'
import { caseOf } from './one-case.ts'
import { allParsers } from './parsers.ts'

export type ChildMessage = { readonly begun: number } | { readonly seed: number; readonly fault: string }

const [name, seed, count, file] = process.argv.slice(2) as [string, string, string, string]
const parser = (await allParsers()).find(candidate => candidate.name === name)
if (parser === undefined) throw new Error(`There is no parser "${name}".`)
const tell = (message: ChildMessage): Promise<unknown> =>
  new Promise(resolve => process.send?.(message, resolve))

const folder = await mkdtemp(join(tmpdir(), 'twinlens-fuzz-'))
let current = Number(seed)
// A fault that nothing awaits is the worst kind: it would end the program.
process.on('uncaughtException', error => {
  void tell({ seed: current, fault: `nobody caught: ${error.stack ?? error.message}` }).then(() =>
    process.exit(1),
  )
})
for (const end = current + Number(count); current < end; current++) {
  const bytes = caseOf(parser, current)
  await writeFile(file, bytes)
  await tell({ begun: current })
  const fault = await judge(parser, bytes, folder)
  if (fault === undefined) continue
  await tell({ seed: current, fault })
  // Its memory stays at the peak, and what it left behind may spoil the next case.
  process.exit(1)
}
await rm(folder, { recursive: true })
process.disconnect?.()
