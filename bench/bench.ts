/**
 * Every figure as ours against its peers, measured in one run, interleaved. Run: npm run bench (minutes) or
 * npm run bench -- --quick (about one). A measure is a file of bench/measures.
 */
import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figure } from './figure.ts'
import { describeMachine, loadNow } from './machine.ts'
import { loadMeasures } from './measures.ts'
import { type Options, parseOptions } from './options.ts'
import { PeerEnvironment } from './peers/environment.ts'
import { busyShare, waitForOthers } from './quiet.ts'
import { figureTable, markdown, targetTable } from './report.ts'
import { type Results, saveResults } from './results.ts'
import { judge } from './targets.ts'

const measures = await loadMeasures()
const options = readOptions()
const started = performance.now()
const say = (sentence: string): void =>
  console.log(`[${((performance.now() - started) / 1000).toFixed(0)} s] ${sentence}`)
const peers = new PeerEnvironment(say)
const bench: Bench = {
  quick: options.quick,
  rounds: options.rounds ?? 5,
  turnMs: options.quick ? 150 : 1000,
  scratch: await mkdtemp(join(tmpdir(), 'twinlens-bench-')),
  python: peer => peers.python(peer),
  say,
}

const clear = (): void => rmSync(bench.scratch, { recursive: true, force: true })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clear()
    process.exit(130)
  })
}

waitForOthers(60_000 * (options.wait ?? (options.quick ? 0.1 : 3)))
const load = loadNow()
const before = await busyShare(1000)
const figures: Figure[] = []
try {
  for (const [name, measure] of measures) {
    if (options.only.length > 0 && !options.only.includes(name)) continue
    try {
      for (const figure of await measure.run(bench)) {
        figures.push(figure)
        console.log(`\n${figureTable(figure)}\n`)
      }
    } catch (error) {
      process.exitCode = 1
      console.error(`The measure "${name}" failed:`, error)
    }
  }
} finally {
  clear()
}
const results: Results = {
  made: new Date().toISOString(),
  quick: bench.quick,
  rounds: bench.rounds,
  machine: describeMachine(await peers.versions(), { busy: { before, after: await busyShare(1000) }, load }),
  figures,
  targets: judge(figures),
}
console.log(`\n${targetTable(results.targets)}\n`)
say(`The results are in ${await saveResults(results)}`)
if (options.write) await writeFile(join(import.meta.dirname, '../docs/bench.md'), markdown(results))

function readOptions(): Options {
  try {
    const titles = [...measures].map(([name, { title }]): [string, string] => [name, title])
    return parseOptions(process.argv.slice(2), new Map(titles))
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}
