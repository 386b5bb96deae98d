import { deflateSync, inflateSync } from 'fflate'
import { PointSet } from '../point-set.ts'

/** A set as letters that a cookie takes as they are: a bit a point, deflated, in base64url (RFC 4648, 5). */
export function packSet({ mask }: PointSet): string {
  const bits = new Uint8Array(Math.ceil(mask.length / 8))
  for (let i = 0; i < mask.length; i++)
    bits[i >> 3] = (bits[i >> 3] as number) | ((mask[i] as number) << (i & 7))
  let text = ''
  for (const byte of deflateSync(bits, { level: 9 })) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @returns null where it is no set of so many points, or of none of them */
export function unpackSet(text: string, points: number): PointSet | null {
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bits = inflateSync(Uint8Array.from(letters, letter => letter.charCodeAt(0)))
    if (bits.length !== Math.ceil(points / 8)) return null
    const mask = Uint8Array.from({ length: points }, (_, i) => ((bits[i >> 3] as number) >> (i & 7)) & 1)
    const set = PointSet.fromMask(mask)
    return set.size === 0 ? null : set
  } catch (error) {
    console.warn('What was selected last time could not be read:', error)
    return null
  }
}
