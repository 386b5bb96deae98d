/**
 * What an import of photographs takes: time, memory at its peak, and the second opening, which reads no picture again.
 * Run: node bench/import.ts [COUNT] [SIZE], 10,000 pictures in 100 classes made into images of 64 pixels a side by default.
 * The pictures are JPEGs of 320 x 240, written first: gradients and noise, which compress like photographs.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { importSource } from '../src/main/engine/data/import/making/import-source.ts'
import { importedBefore, sourceKey } from '../src/main/engine/data/import/making/source-key.ts'
import { openDataSet } from '../src/main/engine/data/open-data-set.ts'
import { Random } from '../src/main/engine/twin/random.ts'
import type { ImportOptions } from '../src/shared/contract/data.ts'

const [count = 10_000, size = 64] = process.argv.slice(2).map(Number)
const classes = 100
const [width, height] = [320, 240]
const home = await mkdtemp(join(tmpdir(), 'twinlens-bench-import-'))
process.env['TWINLENS_DATA'] = join(home, 'data')
const options: ImportOptions = {
  name: 'bench',
  size,
  channels: 'colour',
  fit: 'crop',
  invert: 'no',
  split: { testShare: 0.2, seed: 0 },
  keepTogether: false,
}
const signal = new AbortController().signal
try {
  const pictures = join(home, 'pictures')
  await writePictures(pictures)
  const before = process.memoryUsage.rss()
  const opened = await seconds(importAll)
  // Of the whole process, by the system: native decoding counts. Kilobytes.
  const peak = process.resourceUsage().maxRSS / 1024
  const again = await seconds(async () => {
    const id = await importedBefore(await sourceKey([pictures], options, signal))
    if (id === undefined) throw new Error('It is not in the library.')
    return openDataSet({ kind: 'imported', id })
  })
  const { train, test } = again.value
  if (train.count + test.count !== count) throw new Error('Not every picture was imported.')
  console.log(`${count} JPEGs of ${width} x ${height} to ${size} x ${size} in colour, ${cpus().length} cores`)
  console.log(`import: ${opened.s.toFixed(1)} s, ${(count / opened.s).toFixed(0)} pictures a second`)
  console.log(`memory at its peak: ${peak.toFixed(0)} MB (${(before / 2 ** 20).toFixed(0)} MB before)`)
  console.log(`second opening: ${again.s.toFixed(2)} s`)

  async function importAll(): Promise<void> {
    for await (const { phase } of importSource([pictures], options, signal)) if (phase === 'done') return
  }
} finally {
  await rm(home, { recursive: true, force: true })
}

async function seconds<T>(work: () => Promise<T>): Promise<{ value: T; s: number }> {
  const from = performance.now()
  const value = await work()
  return { value, s: (performance.now() - from) / 1000 }
}

async function writePictures(folder: string): Promise<void> {
  const random = Random.seeded(0, 'display')
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let i = 0; i < count; i++) {
    const own = join(folder, `class ${i % classes}`)
    if (i < classes) await mkdir(own, { recursive: true })
    const [across, down, grain] = [random.below(256), random.below(256), 8 + random.below(24)]
    for (let p = 0; p < width * height; p++) {
      const [x, y] = [p % width, Math.floor(p / width)]
      const light = (across * x) / width + (down * y) / height
      for (let c = 0; c < 3; c++) rgba[4 * p + c] = light / 2 + ((p * (c + 7) * (i + 3)) % grain)
    }
    const jpeg = await Transformer.fromRgbaPixels(rgba, width, height).jpeg(85)
    await writeFile(join(own, `${i}.jpg`), jpeg)
  }
}
