import type { Roc } from '../../shared/contract.ts'

export interface Rates {
  /** Share of the dissimilar pairs that a threshold accepts. */
  readonly falseAccept: number
  /** Share of the similar pairs that it refuses. */
  readonly falseReject: number
}

/** Both rates at a threshold: exact at the curve's own, straight lines between. Null of an empty curve. */
export function ratesAt({ thresholds, falseAccept, falseReject }: Roc, threshold: number): Rates | null {
  if (thresholds.length === 0) return null
  const after = thresholds.findIndex(one => one >= threshold)
  if (after === -1) return { falseAccept: 1, falseReject: 0 }
  if (after === 0) return { falseAccept: falseAccept[0] as number, falseReject: falseReject[0] as number }
  const [low, high] = [thresholds[after - 1] as number, thresholds[after] as number]
  const share = (threshold - low) / (high - low)
  const between = (rates: Float64Array): number => {
    const [first, second] = [rates[after - 1] as number, rates[after] as number]
    return first + share * (second - first)
  }
  return { falseAccept: between(falseAccept), falseReject: between(falseReject) }
}

/** A row for each of about so many thresholds, even in what they accept and not in distance. */
export function tableOf(roc: Roc, rows: number): (Rates & { readonly threshold: number })[] {
  const last = roc.thresholds.length - 1
  const picked = new Set(Array.from({ length: rows }, (_, i) => Math.round((i / (rows - 1)) * last)))
  return [...picked]
    .filter(i => i >= 0)
    .map(i => ({
      threshold: roc.thresholds[i] as number,
      falseAccept: roc.falseAccept[i] as number,
      falseReject: roc.falseReject[i] as number,
    }))
}
