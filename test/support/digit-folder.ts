import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toPng } from '../../src/main/engine/pictures/png.ts'
import { connectClient } from './client.ts'
import type { RunningApp } from './window.ts'

/** A picture on disk, and which test image it is. */
export interface DigitFile {
  /** Within the folder. */
  readonly path: string
  readonly index: number
  readonly label: number
  readonly png: Buffer
}

/**
 * A folder of test images, as they are, each in a folder of its class: "7/12.png". The network sees them as the images
 * they are.
 */
export async function digitFolder(
  app: RunningApp,
  indices: readonly number[],
): Promise<{ folder: string; files: DigitFile[] }> {
  const { client, close } = await connectClient(app.url)
  const { labels, pixels } = await client.images({ split: 'test', indices: Int32Array.from(indices) })
  close()
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-digits-'))
  const length = pixels.length / indices.length
  const files: DigitFile[] = []
  for (const [i, index] of indices.entries()) {
    const label = labels[i] as number
    const path = `${label}/${index}.png`
    const png = await toPng(pixels.slice(i * length, (i + 1) * length), {
      height: 28,
      width: 28,
      channels: 1,
    })
    await mkdir(join(folder, String(label)), { recursive: true })
    await writeFile(join(folder, path), png)
    files.push({ path, index, label, png })
  }
  return { folder, files }
}
