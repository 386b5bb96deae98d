import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toPng } from '../../src/main/engine/pictures/png.ts'
import { Random } from '../../src/main/engine/twin/random.ts'

/** A folder per class of small pictures in colour that can be told apart: class k has a colour and noise of its own. */
export async function colourFolder(
  classes: readonly string[],
  each: number,
  { side = 20, seed = 3 }: { side?: number; seed?: number } = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-pictures-'))
  const random = Random.seeded(seed, 'display')
  for (const [k, name] of classes.entries()) {
    await mkdir(join(folder, name))
    for (let i = 0; i < each; i++) {
      const pixels = new Uint8Array(side * side * 3)
      for (let p = 0; p < pixels.length; p++) pixels[p] = (p % 3 === k % 3 ? 150 : 20) + random.below(100)
      const png = await toPng(pixels, { height: side, width: side, channels: 3 })
      await writeFile(join(folder, name, `${i}.png`), png)
    }
  }
  return folder
}
