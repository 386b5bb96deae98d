/**
 * Damages real files and hands them to every parser of the program: npm run fuzz -- [--cases 100000] [--seed N]
 * [--parser NAME]. Each case gives a message or a valid result, within two seconds and bounded memory, or is written to
 * build/fuzz/ and told of with its seed: --parser NAME --seed N --cases 1 tries it again.
 */
import { fork } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ChildMessage } from './child.ts'
import { allParsers } from './parsers.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string' }, seed: { type: 'string' }, parser: { type: 'string' } },
})
const folder = join(import.meta.dirname, '../../build/fuzz')
mkdirSync(folder, { recursive: true })

const names = (await allParsers())
  .map(({ name }) => name)
  .filter(name => values.parser === undefined || name === values.parser)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const each = Math.ceil(Number(values.cases ?? 100_000) / names.length)
console.log(`${each} cases for each of ${names.length} parsers, from seed ${seed}.`)

/** Longer without a word than any load explains. */
const silence = 60_000
const mostFaults = 20
const faults: string[] = []
let tried = 0

const left = [...names]
await Promise.all(
  Array.from({ length: Math.min(availableParallelism(), left.length) }, async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) await fuzz(name)
  }),
)
for (const fault of faults) console.log(`\n${fault}`)
console.log(`\n${tried.toLocaleString('en')} cases, ${faults.length} faults.`)
process.exitCode = faults.length === 0 && tried > 0 ? 0 : 1

async function fuzz(name: string): Promise<void> {
  const end = seed + each
  const before = faults.length
  for (let from = seed; from < end && faults.length < mostFaults; ) {
    const next = await runChild(name, from, end)
    tried += next - from
    from = next
  }
  console.log(`${name}: ${faults.length === before ? 'nothing found' : 'FAULTS'}`)
}

/** @returns the seed to go on from: the end, or the one after that which failed */
function runChild(name: string, from: number, end: number): Promise<number> {
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.case`)
  return new Promise(resolve => {
    const child = fork(
      join(import.meta.dirname, 'child.ts'),
      [name, String(from), String(end - from), file],
      {
        execArgv: ['--max-old-space-size=1024'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    )
    let at = from - 1
    let told = false
    let words = ''
    let timer = setTimeout(() => child.kill('SIGKILL'), silence)
    const fail = (fault: string): void => {
      told = true
      const kept = join(folder, `${name.replaceAll(/\W+/g, '-')}-${at}.bin`)
      copyFileSync(file, kept)
      faults.push(`${name}, --seed ${at}, ${kept}:\n${fault}`)
    }
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-4000)
    })
    child.on('message', (message: ChildMessage) => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), silence)
      if ('begun' in message) {
        at = message.begun
      } else fail(message.fault)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(end)
      if (at < from) throw new Error(`The parser ${name} could not be tried:\n${words}`)
      if (!told)
        fail(
          signal === 'SIGKILL'
            ? 'it hung, or the system ended it'
            : `the process ended (${signal ?? code}):\n${words}`,
        )
      resolve(at + 1)
    })
  })
}
