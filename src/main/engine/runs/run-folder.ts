import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { badFile, TwinlensError } from '../../../shared/errors.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'
import { createFolderAtomically } from './atomic-folder.ts'
import { decodeNetwork, encodeNetwork } from './network-file.ts'
import {
  type Manifest,
  manifestSchema,
  type RunConfig,
  runConfigSchema,
  schemaVersion,
} from './run-config.ts'
import { decodeMoments, encodeMoments, type RunMoment } from './run-moments.ts'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from './safetensors.ts'

/** A run: what was asked for, what was learned, where every image fell and its class. Searching needs no more. */
export interface Run {
  readonly config: RunConfig
  /** Loss of each iteration, the first at index 0. */
  readonly losses: Float32Array
  readonly network: NetworkValues
  readonly train: LabelledEmbedding
  readonly test: LabelledEmbedding
  /** What was kept of the way there, oldest first. Opened by itself, `openMoments`: searching does without. */
  readonly moments?: readonly RunMoment[]
}

const files = {
  config: 'config.json',
  losses: 'losses.csv',
  weights: 'weights.safetensors',
  embedding: 'embedding.safetensors',
  moments: 'moments.safetensors',
  manifest: 'manifest.json',
} as const

/** Writes a run as a folder, whole or not at all. @throws invalid-input: it exists; disk-full; bad-file */
export async function saveRun(folder: string, run: Run): Promise<void> {
  await createFolderAtomically(folder, async temporary => {
    const manifest: Manifest = {}
    const write = async (name: string, content: string | Uint8Array): Promise<void> => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      await writeFile(join(temporary, name), bytes)
      manifest[name] = { bytes: bytes.length, sha256: sha256(bytes) }
    }
    await write(files.config, `${JSON.stringify(run.config, null, 2)}\n`)
    await write(files.losses, lossesToCsv(run.losses))
    await write(files.weights, encodeNetwork(run.network))
    await write(
      files.embedding,
      encodeSafetensors([...toTensors('train', run.train), ...toTensors('test', run.test)]),
    )
    if (run.moments !== undefined && run.moments.length > 0) {
      await write(files.moments, encodeMoments(run.moments))
    }
    await writeFile(join(temporary, files.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
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

/** The losses of a run, and nothing else of it. @throws bad-file */
export async function openLosses(folder: string): Promise<Float32Array> {
  const { checked } = await openManifest(folder)
  return csvToLosses(await checked(files.losses))
}

/** The moments of a run, oldest first; none for one that was saved without any. @throws bad-file */
export async function openMoments(folder: string): Promise<RunMoment[]> {
  const { manifest, checked } = await openManifest(folder)
  if (manifest[files.moments] === undefined) return []
  return decodeMoments(await checked(files.moments), join(folder, files.moments))
}

/** What made a run, without what it learned. @throws bad-file */
export async function openConfig(folder: string): Promise<RunConfig> {
  const { checked } = await openManifest(folder)
  return parseConfig(await checked(files.config), join(folder, files.config))
}

/** `checked` reads one file and compares it with what was saved. */
async function openManifest(
  folder: string,
): Promise<{ manifest: Manifest; checked: (name: string) => Promise<Uint8Array> }> {
  const manifest = parseJson(await read(folder, files.manifest), manifestSchema, join(folder, files.manifest))
  const checked = async (name: string): Promise<Uint8Array> => {
    const bytes = await read(folder, name)
    const expected = manifest[name]
    const path = join(folder, name)
    if (expected === undefined) throw badFile(path, 'the manifest does not list it.')
    if (bytes.length !== expected.bytes) {
      throw badFile(path, `it is damaged: ${expected.bytes} bytes were saved, ${bytes.length} are there.`)
    }
    if (sha256(bytes) !== expected.sha256)
      throw badFile(path, 'it is damaged: its content is not what was saved.')
    return bytes
  }
  return { manifest, checked }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function read(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const fault = missing ? `it is not a run: ${name} is missing.` : `${name} cannot be read.`
    throw badFile(folder, fault, error)
  }
}

const versionSchema = z.object({ schemaVersion: z.unknown() })

function parseConfig(bytes: Uint8Array, path: string): RunConfig {
  const { schemaVersion: version } = parseJson(bytes, versionSchema, path)
  if (typeof version === 'number' && version > schemaVersion) {
    throw new TwinlensError('bad-file', `${path}: it was saved by a newer Twinlens. Update to open it.`)
  }
  return parseJson(bytes, runConfigSchema, path)
}

function parseJson<T>(bytes: Uint8Array, schema: z.ZodType<T>, path: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (error) {
    throw badFile(path, `it is not a Twinlens ${basename(path)}.`, error)
  }
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
