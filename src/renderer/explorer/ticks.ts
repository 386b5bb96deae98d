/** A mark on an axis: where, in data, and how it reads. */
export interface Tick {
  readonly value: number
  readonly text: string
}

/**
 * Round values (1, 2 or 5 times a power of ten, Heckbert, "Nice Numbers for Graph Labels", Graphics Gems, 1990) that
 * lie in [min, max], about `wanted` of them.
 */
export function ticksOf(min: number, max: number, wanted: number): Tick[] {
  const span = max - min
  if (!(span > 0) || !Number.isFinite(span) || wanted < 1) return []
  const step = roundStep(span / wanted)
  // A little slack, for steps like 0.00001 have no exact binary form.
  const first = Math.ceil(min / step - 1e-6)
  const last = Math.floor(max / step + 1e-6)
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step
    return { value, text: textOf(value, step, decimals) }
  })
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const share = rough / power
  return (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10) * power
}

/** A true minus sign, and never "-0". Very large or small values are written with a power of ten. */
function textOf(value: number, step: number, decimals: number): string {
  const plain = Math.abs(value) < step / 2 ? 0 : value
  if (plain === 0 || (decimals <= 6 && Math.abs(value) < 1e6))
    return plain.toFixed(Math.min(decimals, 6)).replace('-', '−')
  // As many digits as tell it from the next.
  const digits = Math.max(0, Math.ceil(Math.log10(Math.abs(value) / step) - 1e-9))
  return plain.toExponential(Math.min(digits, 15)).replace('-', '−')
}
