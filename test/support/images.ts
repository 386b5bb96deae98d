import type { LabelledImages } from '../../src/main/engine/data/data-set.ts'
import { Random } from '../../src/main/engine/twin/random.ts'

/** Small noisy images whose class can be learned: class k is bright in its own stripe. */
export function stripes(
  count: number,
  classes: number,
  { side = 8, seed = 7 }: { side?: number; seed?: number } = {},
): LabelledImages {
  const random = Random.seeded(seed, 'display')
  const pixels = new Uint8Array(count * side * side)
  const labels = Uint16Array.from({ length: count }, (_, i) => i % classes)
  for (let i = 0; i < count; i++) {
    const stripe = Math.floor(((labels[i] as number) * side) / classes)
    for (let p = 0; p < side * side; p++) {
      const bright = Math.floor(p / side) === stripe ? 180 : 0
      pixels[i * side * side + p] = bright + random.below(70)
    }
  }
  return { pixels, labels, count, height: side, width: side, channels: 1 }
}
