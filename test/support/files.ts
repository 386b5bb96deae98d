import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

/** A folder of its own for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An IDX file's bytes. */
export function idxBytes(dimensions: readonly number[], data: Uint8Array, type = 0x08): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length)
  head[2] = type
  head[3] = dimensions.length
  dimensions.forEach((size, i) => {
    head.writeUInt32BE(size, 4 + 4 * i)
  })
  return Buffer.concat([head, data])
}

/** Writes images and labels as a pair of IDX files into `folder`. */
export async function writeIdxPair(
  folder: string,
  images: { pixels: Uint8Array; count: number; height: number; width: number },
  labels: ArrayLike<number>,
  gzip = false,
): Promise<{ images: string; labels: string }> {
  const ending = gzip ? '.gz' : ''
  const paths = { images: join(folder, `images.idx${ending}`), labels: join(folder, `labels.idx${ending}`) }
  const pack = (bytes: Buffer): Buffer => (gzip ? gzipSync(bytes) : bytes)
  await writeFile(paths.images, pack(idxBytes([images.count, images.height, images.width], images.pixels)))
  await writeFile(paths.labels, pack(idxBytes([labels.length], Uint8Array.from(labels))))
  return paths
}
