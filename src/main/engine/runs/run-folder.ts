import { join } from 'node:path'
import { z } from 'zod'
import { badFile, TwinlensError } from '../../../shared/errors.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import type { TrainingState } from '../safe-training.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'
import { createFolderAtomically } from './atomic-folder.ts'
import { openManifest, parseJson, writeWithManifest } from './manifest.ts'
import { decodeNetwork, encodeNetwork } from './network-file.ts'
import { type RunConfig, runConfigSchema, schemaVersion } from './run-config.ts'
import { decodeEvaluations, encodeEvaluations, type RunEvaluation } from './run-evaluations.ts'
import { decodeMoments, encodeMoments, type RunMoment } from './run-moments.ts'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from './safetensors.ts'
import { decodeState, encodeState } from './training-state-file.ts'

/** A run: what was asked for, what was learned, where every image fell and its class. Searching needs no more. */
export interface Run {
  readonly config: RunConfig
  /** Loss of each iteration, the first at index 0. */
  readonly losses: Float32Array
  /** How good it was on the way, in order. Opened by itself, `openEvaluations`. */
  readonly evaluations?: readonly RunEvaluation[]
  readonly network: NetworkValues
  readonly train: LabelledEmbedding
  readonly test: LabelledEmbedding
  /** What was kept of the way there, oldest first. Opened by itself, `openMoments`: searching does without. */
  readonly moments?: readonly RunMoment[]
  /** What its training goes on from. Opened by itself, `openState`. */
  readonly state?: TrainingState
}

const files = {
  config: 'config.json',
  losses: 'losses.csv',
  evaluations: 'evaluations.csv',
  weights: 'weights.safetensors',
  embedding: 'embedding.safetensors',
  moments: 'moments.safetensors',
  state: 'training.safetensors',
  manifest: 'manifest.json',
} as const

/** Writes a run as a folder, whole or not at all. @throws invalid-input: it exists; disk-full; bad-file */
export async function saveRun(folder: string, run: Run): Promise<void> {
  await createFolderAtomically(folder, async temporary => {
    await writeWithManifest(temporary, {
      [files.config]: `${JSON.stringify(run.config, null, 2)}\n`,
      [files.losses]: lossesToCsv(run.losses),
      ...(run.evaluations === undefined || run.evaluations.length === 0
        ? {}
        : { [files.evaluations]: encodeEvaluations(run.evaluations) }),
      [files.weights]: encodeNetwork(run.network),
      [files.embedding]: encodeSafetensors([
        ...toTensors('train', run.train),
        ...toTensors('test', run.test),
      ]),
      ...(run.moments === undefined || run.moments.length === 0
        ? {}
        : { [files.moments]: encodeMoments(run.moments) }),
      ...(run.state === undefined ? {} : { [files.state]: encodeState(run.state) }),
    })
  })
}

/** Opens a run and checks every file against the manifest. @throws bad-file naming the file and its fault */
export async function openRun(folder: string): Promise<Run> {
  const { checked } = await openManifest(folder)
  const config = parseConfig(await checked(files.config), join(folder, files.config))
  const { height, width } = config.data
  const points = decodeSafetensors(await checked(files.embedding), join(folder, files.embedding))
  return {
    config,
    losses: csvToLosses(await checked(files.losses)),
    network: decodeNetwork(await checked(files.weights), join(folder, files.weights), { height, width }),
    train: toEmbedding(points, 'train', join(folder, files.embedding)),
    test: toEmbedding(points, 'test', join(folder, files.embedding)),
  }
}

/** Where a run's test images fell, and nothing else of it. @throws bad-file */
export async function openTestPoints(folder: string): Promise<LabelledEmbedding> {
  const { checked } = await openManifest(folder)
  const path = join(folder, files.embedding)
  return toEmbedding(decodeSafetensors(await checked(files.embedding), path), 'test', path)
}

/** What a run learned, and the SHA-256 of the file that holds it. @throws bad-file */
export async function openWeights(folder: string): Promise<{ network: NetworkValues; fingerprint: string }> {
  const { manifest, checked } = await openManifest(folder)
  const { height, width } = parseConfig(await checked(files.config), join(folder, files.config)).data
  const bytes = await checked(files.weights)
  const network = decodeNetwork(bytes, join(folder, files.weights), { height, width })
  return { network, fingerprint: manifest[files.weights]?.sha256 ?? '' }
}

/** The losses of a run, and nothing else of it. @throws bad-file */
export async function openLosses(folder: string): Promise<Float32Array> {
  const { checked } = await openManifest(folder)
  return csvToLosses(await checked(files.losses))
}

/** How good a run was on the way, in order; none for one that was not evaluated. @throws bad-file */
export async function openEvaluations(folder: string): Promise<RunEvaluation[]> {
  const { manifest, checked } = await openManifest(folder)
  if (manifest[files.evaluations] === undefined) return []
  return decodeEvaluations(await checked(files.evaluations), join(folder, files.evaluations))
}

/** The moments of a run, oldest first; none for one that was saved without any. @throws bad-file */
export async function openMoments(folder: string): Promise<RunMoment[]> {
  const { manifest, checked } = await openManifest(folder)
  if (manifest[files.moments] === undefined) return []
  return decodeMoments(await checked(files.moments), join(folder, files.moments))
}

/** What a run's training goes on from; undefined for one that was saved without it. @throws bad-file */
export async function openState(folder: string): Promise<TrainingState | undefined> {
  const { manifest, checked } = await openManifest(folder)
  if (manifest[files.state] === undefined) return undefined
  return decodeState(await checked(files.state), join(folder, files.state))
}

/** What made a run, without what it learned. @throws bad-file */
export async function openConfig(folder: string): Promise<RunConfig> {
  const { checked } = await openManifest(folder)
  return parseConfig(await checked(files.config), join(folder, files.config))
}

const versionSchema = z.object({ schemaVersion: z.unknown() })

function parseConfig(bytes: Uint8Array, path: string): RunConfig {
  const { schemaVersion: version } = parseJson(bytes, versionSchema, path)
  if (typeof version === 'number' && version > schemaVersion) {
    throw new TwinlensError('bad-file', `${path}: it was saved by a newer Twinlens. Update to open it.`)
  }
  return parseJson(bytes, runConfigSchema, path)
}

/** Nine digits round-trip every 32-bit float. */
function lossesToCsv(losses: Float32Array): string {
  return `iteration,loss\n${Array.from(losses, (loss, i) => `${i + 1},${Number(loss.toPrecision(9))}\n`).join('')}`
}

function csvToLosses(bytes: Uint8Array): Float32Array {
  const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n').slice(1)
  return Float32Array.from(lines, line => Number(line.slice(line.indexOf(',') + 1)))
}

const toTensors = (part: string, { embedding, labels }: LabelledEmbedding): NamedTensor[] => [
  { name: `${part}.features`, shape: [embedding.count, embedding.size], values: embedding.values },
  { name: `${part}.labels`, shape: [labels.length], values: labels },
]

function toEmbedding(
  tensors: ReadonlyMap<string, NamedTensor>,
  part: string,
  path: string,
): LabelledEmbedding {
  const features = tensors.get(`${part}.features`)
  const labels = tensors.get(`${part}.labels`)?.values
  const [count, size] = features?.shape ?? []
  if (!(features?.values instanceof Float32Array) || !(labels instanceof Uint16Array) || size === undefined) {
    throw badFile(path, `the ${part} embedding is missing.`)
  }
  if (count !== labels.length) throw badFile(path, `the ${part} embedding and its labels differ in number.`)
  return { embedding: { values: features.values, count, size }, labels }
}
