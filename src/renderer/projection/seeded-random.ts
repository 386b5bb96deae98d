/**
 * Numbers from 0 up to 1 that a seed decides, the same everywhere: a Weyl sequence through the 32-bit finaliser of
 * MurmurHash3 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014, in 32 bits).
 * @param seed a whole number
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32
  }
}
