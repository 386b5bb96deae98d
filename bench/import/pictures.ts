import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { Random } from '../../src/main/engine/twin/random.ts'

export interface Wanted {
  readonly count: number
  readonly classes: number
  readonly width: number
  readonly height: number
}

const shapes = 6
const atOnce = 16

/** Writes JPEGs in a folder a class: shapes on a slope of light, with grain, which compress like photographs. */
export async function writePictures(folder: string, wanted: Wanted): Promise<void> {
  const { count, classes } = wanted
  const random = Random.seeded(0, 'display')
  const grain = Uint8Array.from({ length: 65_536 }, () => random.below(24))
  for (let k = 0; k < classes; k++) await mkdir(join(folder, `class ${k}`), { recursive: true })
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => from + i)
    const made = some.map(async i => {
      const rgba = picture(random, grain, wanted)
      const jpeg = await Transformer.fromRgbaPixels(rgba, wanted.width, wanted.height).jpeg(85)
      await writeFile(join(folder, `class ${i % classes}`, `${i}.jpg`), jpeg)
    })
    await Promise.all(made)
  }
}

function picture(random: Random, grain: Uint8Array, { width, height }: Wanted): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  const [across, down, start] = [random.below(128), random.below(128), random.below(65_536)]
  for (let p = 0; p < width * height; p++) {
    const light = (across * (p % width)) / width + (down * Math.floor(p / width)) / height
    for (let c = 0; c < 3; c++) rgba[4 * p + c] = light / 2 + (grain[(start + 3 * p + c) & 0xffff] as number)
  }
  for (let shape = 0; shape < shapes; shape++) {
    const [left, top] = [random.below(width), random.below(height)]
    const [right, bottom] = [left + random.below(width / 2), top + random.below(height / 2)]
    const colour = [random.below(128), random.below(128), random.below(128)] as const
    for (let y = top; y < Math.min(bottom, height); y++)
      for (let x = left; x < Math.min(right, width); x++)
        for (let c = 0; c < 3; c++) (rgba[4 * (y * width + x) + c] as number) += colour[c] as number
  }
  return rgba
}
