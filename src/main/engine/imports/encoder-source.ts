import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, sep } from 'node:path'
import type { EncoderSource } from '../../../shared/contract/encoders.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { DiskFile } from '../data/import/byte-file.ts'
import { zipTree } from '../data/import/zip-tree.ts'

/** What a zip of an encoder may unpack to: as much as its reader takes. */
const mostUnpacked = 2 ** 30
const mostEntries = 1000

const isModel = (name: string): boolean => /\.(onnx|json)$/i.test(name)

/**
 * Hands over where an encoder's file lies, with the files beside it that it may need. What came as bytes or in a zip lies in a
 * folder of its own meanwhile, which no message names.
 * @throws invalid-input: no encoder among them, or several; bad-file, cancelled, and whatever `use` throws
 */
export async function withEncoderFile<T>(
  source: EncoderSource,
  signal: AbortSignal,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-encoder-'))
  try {
    const paths = 'paths' in source ? source.paths : await written(source.files, folder)
    const [only] = paths
    const isZip = paths.length === 1 && only !== undefined && /\.zip$/i.test(only)
    return await use(await modelAmong(isZip ? await unpacked(only, folder, signal) : paths))
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    throw new TwinlensError(error.kind, error.message.replaceAll(folder + sep, ''), { cause: error })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function modelAmong(paths: readonly string[]): Promise<string> {
  const [only] = paths
  if (paths.length === 1 && only !== undefined && (await stat(only).catch(() => null))?.isDirectory())
    return only
  const models = paths.filter(isModel)
  // Other JSON lies beside models of either kind.
  const surest = [/^model\.json$/, /\.onnx$/i].map(name => models.filter(path => name.test(basename(path))))
  const [model, other] = surest.find(some => some.length === 1) ?? models
  if (model === undefined)
    throw invalidInput(
      'There is no encoder among these: an ONNX file, or a TensorFlow.js model.json with the files of its weights, or a zip of either.',
    )
  if (other !== undefined)
    throw invalidInput(`These are several encoders (${basename(model)}, ${basename(other)}): choose one.`)
  return model
}

/** Written by their own names and nothing else: what a window sends may be called anything. */
async function written(
  files: readonly { readonly name: string; readonly file: Uint8Array }[],
  folder: string,
): Promise<string[]> {
  const paths: string[] = []
  for (const { name, file } of files) {
    if (/[/\\\0]|^\.{1,2}$/.test(name)) throw invalidInput(`“${name}” is no name of a file.`)
    const path = join(folder, name)
    if (paths.includes(path)) throw invalidInput(`Two files are called ${name}: choose one.`)
    await writeFile(path, file)
    paths.push(path)
  }
  return paths
}

/** The files of a zip that lie where its first model does, or all that lie at its top. */
async function unpacked(zip: string, folder: string, signal: AbortSignal): Promise<string[]> {
  const handle = await open(zip, 'r')
  const { size } = await handle.stat().finally(() => handle.close())
  const container = { where: zip, size, slice: new DiskFile(basename(zip), zip).slice }
  const { files } = await zipTree(container, signal)
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
  const place = folderOf(files.find(({ path }) => isModel(path))?.path ?? '')
  const beside = files.filter(({ path }) => folderOf(path) === place)
  if (beside.length > mostEntries) throw invalidInput(`${basename(zip)} holds too many files for an encoder.`)
  let room = mostUnpacked
  const paths: string[] = []
  for (const file of beside) {
    const bytes = await file.bytes(room)
    room -= bytes.length
    const path = join(folder, basename(file.path))
    await writeFile(path, bytes)
    paths.push(path)
  }
  return paths
}
