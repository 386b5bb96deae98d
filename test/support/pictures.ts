import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transformer } from '@napi-rs/image'

/** A PNG of one colour, [red, green, blue]. */
export const plainPng = (
  side: number,
  [red, green, blue]: readonly [number, number, number],
): Promise<Buffer> =>
  Transformer.fromRgbaPixels(
    Uint8Array.from({ length: side * side * 4 }, (_, i) => [red, green, blue, 255][i % 4] as number),
    side,
    side,
  ).png()

/** Writes files by their paths within a folder, which is made with all in between. */
export async function writeTree(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}
