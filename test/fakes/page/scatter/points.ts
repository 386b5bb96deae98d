import type { Scene } from '../../../../src/renderer/explorer/scene.ts'

/** Numbers from 0 to 1, the same for the same seed (Marsaglia, "Xorshift RNGs", 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Classes as clouds around a circle, a little over one another; in three features where asked for. */
export function clouds(count: number, classes = 10, size: 2 | 3 = 2): Scene {
  const random = randomFrom(count + classes)
  const values = new Float32Array(count * size)
  const labels = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    const label = Math.floor(random() * classes)
    const angle = (label / classes) * 2 * Math.PI
    const away = Math.sqrt(-2 * Math.log(1 - random())) * 0.3
    const towards = random() * 2 * Math.PI
    labels[i] = label
    values[i * size] = Math.cos(angle) * 1.5 + away * Math.cos(towards)
    values[i * size + 1] = Math.sin(angle) + away * Math.sin(towards)
    if (size === 3) values[i * size + 2] = random() - 0.5
  }
  return { values, size, count, labels, horizontal: 0, vertical: 1 }
}
