/**
 * What a large folder of pictures takes: importing it, opening it again, opening it in the window, and beginning to train on it.
 * Run: node bench/import.ts [COUNT] [WIDTHxHEIGHT], 100,000 JPEGs of 128 x 96 in 100 classes by default. They are written first,
 * and made into images of 64 x 64 in colour, and of 28 x 28 in grey. Memory is the system's count of the whole process.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { listDataSets } from '../src/main/engine/data/library/data-set-library.ts'
import { openInWindow } from './import/in-window.ts'
import { writePictures } from './import/pictures.ts'
import { type Outcome, runProcess, twinlens } from './process.ts'

const [countText = '100000', sizeText = '128x96'] = process.argv.slice(2)
const count = Number(countText)
const [width = 128, height = 96] = sizeText.split('x').map(Number)
const home = await mkdtemp(join(tmpdir(), 'twinlens-bench-import-'))
const dataFolder = join(home, 'data')
process.env['TWINLENS_DATA'] = dataFolder
const kinds = [
  { size: 64, colour: 'yes' },
  { size: 28, colour: 'no' },
] as const

/** An import holds less than 1 GiB, whatever the folder's size. */
const mostMB = 2 ** 30 / 1e6

const told = ({ seconds, peakMB }: Outcome): string =>
  `${seconds.toFixed(1)} s, ${peakMB.toFixed(0)} MB at its peak`
const run = (...args: readonly string[]): Promise<Outcome> =>
  runProcess({ name: `twinlens ${args[0]}`, words: twinlens(...args), watchMemory: true })

try {
  const pictures = join(home, 'pictures')
  const from = performance.now()
  await writePictures(pictures, { count, classes: 100, width, height })
  console.log(`${count} JPEGs of ${width} x ${height} in ${((performance.now() - from) / 1000).toFixed(0)} s`)
  console.log(`${cpus().length} cores, ${cpus()[0]?.model}`)
  for (const { size, colour } of kinds) {
    const words = [pictures, '--size', String(size), '--colour', colour]
    console.log(`\n${size} x ${size}, ${colour === 'yes' ? 'colour' : 'grey'}`)
    const imported = await run('data', 'import', ...words)
    console.log(`import: ${told(imported)}; ${(count / imported.seconds).toFixed(0)} pictures a second`)
    if (imported.peakMB >= mostMB) throw new Error(`The import took ${mostMB.toFixed(0)} MB or more.`)
    console.log(`import again, nothing changed: ${told(await run('data', 'import', ...words))}`)
    const [newest] = await listDataSets()
    const { id, trainCount = 0, testCount = 0 } = newest?.dataSet ?? {}
    if (id === undefined || trainCount + testCount !== count)
      throw new Error('Not every picture was imported.')
    const opened = await openInWindow(id, dataFolder)
    const memory = `${opened.nowMB.toFixed(0)} MB then, ${opened.peakMB.toFixed(0)} MB at its peak`
    console.log(`opened in the window: ${opened.seconds.toFixed(1)} s, ${memory}`)
    const job = ['--preset', 'fast', '--iterations', '20', '--out', join(home, `run-${size}`)]
    console.log(
      `20 iterations, all embedded and measured: ${told(await run('train', '--data', ...words, ...job))}`,
    )
  }
} finally {
  await rm(home, { recursive: true, force: true })
}
