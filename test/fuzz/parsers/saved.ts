import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CorrectionBook } from '../../../src/main/engine/corrections/correction-book.ts'
import { fingerprint } from '../../../src/main/engine/data/data-set.ts'
import { changeNotes, readNotes } from '../../../src/main/engine/runs/library/run-notes.ts'
import { openConfig, openMoments, openRun, saveRun } from '../../../src/main/engine/runs/run-folder.ts'
import { decodeMoments, encodeMoments } from '../../../src/main/engine/runs/run-moments.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../src/main/engine/runs/safetensors.ts'
import { stripes } from '../../support/images.ts'
import { smallRun } from '../../support/small-run.ts'
import type { FuzzedParser } from '../parser.ts'

/** Everything that the program saves itself and may find damaged or made by another. */
export async function savedParsers(): Promise<FuzzedParser[]> {
  const files = await runFiles()
  const values = Float32Array.of(1, 2, 3, 4)
  const moment = { embedding: { values, count: 2, size: 2 }, iteration: 20, oldestIteration: 10 }
  return [
    {
      name: 'safetensors',
      seeds: [
        encodeSafetensors([{ name: 'a', shape: [2, 2], values }]),
        files.get('weights.safetensors') as Buffer,
      ],
      async parse(bytes) {
        for (const { shape, values: found } of decodeSafetensors(bytes, 'weights').values()) {
          if (found.length !== shape.reduce((product, n) => product * n, 1)) throw new Error('values missing')
        }
      },
    },
    {
      name: 'moments',
      seeds: [encodeMoments([moment, { ...moment, iteration: 40, oldestIteration: 30 }])],
      async parse(bytes) {
        for (const { embedding } of decodeMoments(bytes, 'moments')) {
          if (embedding.values.length !== embedding.count * embedding.size) throw new Error('points missing')
        }
      },
    },
    ...[...files].map(([name, content]) => runFile(name, content, files)),
    corrections,
  ]
}

async function runFiles(): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-fuzz-run-'))
  const run = join(folder, 'run')
  await saveRun(run, smallRun)
  await changeNotes(run, { title: 'Small', note: 'two\nlines', tags: ['a', 'b'] })
  const names = await readdir(run)
  const files = new Map(
    await Promise.all(names.map(async name => [name, await readFile(join(run, name))] as const)),
  )
  await rm(folder, { recursive: true })
  return files
}

/** One file of a run, damaged; the manifest tells of it as it is, so that it is not only the sum that refuses it. */
const runFile = (name: string, content: Buffer, files: ReadonlyMap<string, Buffer>): FuzzedParser => ({
  name: `run: ${name}`,
  seeds: [content],
  async parse(bytes, folder) {
    for (const [other, known] of files) {
      if (!existsSync(join(folder, other))) await writeFile(join(folder, other), known)
    }
    await writeFile(join(folder, name), bytes)
    if (name !== 'manifest.json') {
      const manifest = JSON.parse((files.get('manifest.json') as Buffer).toString())
      if (name in manifest) {
        manifest[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
      }
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
    }
    if (name === 'notes.json') await readNotes(folder)
    else if (name === 'moments.safetensors') await openMoments(folder)
    else {
      await openConfig(folder)
      await openRun(folder)
    }
  },
})

const data = {
  name: 'stripes',
  source: { kind: 'digits', trainCount: 6, testCount: 4 } as const,
  classes: ['a', 'b'],
  train: stripes(6, 2),
  test: stripes(4, 2),
}

const corrections: FuzzedParser = {
  name: 'corrections',
  seeds: [
    Buffer.from(
      JSON.stringify({
        schemaVersion: 1,
        corrections: [
          { split: 'train', index: 1, decision: 'relabel', label: 1 },
          { split: 'test', index: 2, decision: 'exclude', label: 0 },
        ],
      }),
    ),
  ],
  async parse(bytes, folder) {
    process.env['TWINLENS_DATA'] = folder
    await mkdir(join(folder, 'corrections'), { recursive: true })
    await writeFile(join(folder, 'corrections', `${fingerprint(data)}.json`), bytes)
    await new CorrectionBook().of({ ...data })
  },
}
