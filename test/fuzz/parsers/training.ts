import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  isUnderWay,
  openInterrupted,
  trainingConfigSchema,
} from '../../../src/main/engine/runs/interrupted.ts'
import { writeWithManifest } from '../../../src/main/engine/runs/manifest.ts'
import { encodeSafetensors } from '../../../src/main/engine/runs/safetensors.ts'
import { decodeState, encodeState } from '../../../src/main/engine/runs/training-state-file.ts'
import { openSweep, sweepPlanSchema } from '../../../src/main/engine/sweeps/sweep-folder.ts'
import { smallRun } from '../../support/small-run.ts'
import type { FuzzedParser } from '../parser.ts'

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value, null, 2))

const averages = smallRun.network.tensors.map(({ values }) => values)
const state = encodeState({
  network: smallRun.network,
  adam: { iteration: 3, means: averages, meanSquares: averages },
  iteration: 3,
  pairs: Int32Array.of(1, 2, 3, 4),
})
const losses = encodeSafetensors([{ name: 'losses', shape: [3], values: smallRun.losses }], {
  trainingSeconds: '1.5',
})
const training = json(trainingConfigSchema.parse({ ...smallRun.config, checkpointEvery: 2 }))

/** Opens a training that was interrupted; `damage` takes the place of one of its files. */
async function openDamaged(folder: string, damage: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const files = {
    'training.json': training,
    'state.safetensors': state,
    'losses.safetensors': losses,
    ...damage,
  }
  const checkpoint = join(folder, 'iteration-3')
  await mkdir(checkpoint, { recursive: true })
  await writeWithManifest(folder, { 'training.json': files['training.json'] })
  await writeWithManifest(checkpoint, {
    'state.safetensors': files['state.safetensors'],
    'losses.safetensors': files['losses.safetensors'],
  })
  await openInterrupted(folder)
}

const plan = json(
  sweepPlanSchema.parse({
    schemaVersion: 1,
    name: 'margins',
    created: smallRun.config.created,
    request: {
      base: smallRun.config.hyperparameters,
      axes: [{ kind: 'list', name: 'margin', values: [1, 2] }],
      choice: { kind: 'grid' },
      seeds: [0],
      validation: 0.2,
    },
    data: { ...smallRun.config.data, corrections: [] },
    runs: [{ run: 'margins 1', values: { margin: 1 }, seed: 0 }],
  }),
)
const results = json([
  { run: 'margins 1', iterations: 3, seconds: 1, quality: smallRun.config.quality, fault: null },
])

async function openDamagedSweep(folder: string, damage: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const files = { 'plan.json': plan, 'results.json': results, ...damage }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  await openSweep(folder)
}

/** What a training and a sweep keep of themselves, so that they can go on. */
export const trainingParsers: readonly FuzzedParser[] = [
  {
    name: 'state of a training',
    seeds: [state],
    async parse(bytes) {
      decodeState(bytes, 'state')
    },
  },
  {
    name: 'checkpoint: state',
    seeds: [state],
    parse: (bytes, folder) => openDamaged(folder, { 'state.safetensors': bytes }),
  },
  {
    name: 'checkpoint: losses',
    seeds: [losses],
    parse: (bytes, folder) => openDamaged(folder, { 'losses.safetensors': bytes }),
  },
  {
    name: 'training.json',
    seeds: [training],
    parse: (bytes, folder) => openDamaged(folder, { 'training.json': bytes }),
  },
  {
    name: 'owner of a training',
    // Never a living process: this one's number may be anyone's.
    seeds: [json({ pid: 4_000_000, booted: 1 })],
    async parse(bytes, folder) {
      await writeFile(join(folder, 'owner.json'), bytes)
      await isUnderWay(folder)
    },
  },
  {
    name: 'sweep: plan',
    seeds: [plan],
    parse: (bytes, folder) => openDamagedSweep(folder, { 'plan.json': bytes }),
  },
  {
    name: 'sweep: results',
    seeds: [results],
    parse: (bytes, folder) => openDamagedSweep(folder, { 'results.json': bytes }),
  },
]
