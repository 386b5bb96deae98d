import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { badFile } from '../../../shared/errors.ts'
import { type Manifest, manifestSchema } from './run-config.ts'

const name = 'manifest.json'

/** Writes a folder's files and, last, the manifest of them. */
export async function writeWithManifest(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const manifest: Manifest = {}
  for (const [file, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    await writeFile(join(folder, file), bytes)
    manifest[file] = { bytes: bytes.length, sha256: await digest(bytes) }
  }
  await writeFile(join(folder, name), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** `checked` reads one file and compares it with what was saved. @throws bad-file */
export async function openManifest(
  folder: string,
): Promise<{ manifest: Manifest; checked: (name: string) => Promise<Uint8Array> }> {
  const manifest = parseJson(await read(folder, name), manifestSchema, join(folder, name))
  const checked = async (file: string): Promise<Uint8Array> => {
    const bytes = await read(folder, file)
    const expected = manifest[file]
    const path = join(folder, file)
    if (expected === undefined) throw badFile(path, 'the manifest does not list it.')
    if (bytes.length !== expected.bytes) {
      throw badFile(path, `it is damaged: ${expected.bytes} bytes were saved, ${bytes.length} are there.`)
    }
    if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256)
      throw badFile(path, 'it is damaged: its content is not what was saved.')
    return bytes
  }
  return { manifest, checked }
}

/** @throws bad-file: not JSON, or not of this schema */
export function parseJson<T>(bytes: Uint8Array, schema: z.ZodType<T>, path: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (error) {
    throw badFile(path, `it is not a Twinlens ${basename(path)}.`, error)
  }
}

/** In a thread of its own: a checkpoint of many megabytes holds no training up. */
const digest = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex')

async function read(folder: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const fault = missing ? `it is not a run: ${file} is missing.` : `${file} cannot be read.`
    throw badFile(folder, fault, error)
  }
}
