import type { ChartColours } from './chart-canvas.ts'

/** The chart's colours by the tokens of the present scheme, for a canvas cannot use them itself. */
export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    raw: `${token('--muted')}59`,
    band: `${token('--muted')}1f`,
    smooth: token('--accent'),
    quality: token('--good'),
    rate: token('--text'),
    grid: token('--line'),
    text: token('--muted'),
    background: token('--panel'),
    font: token('--font'),
  }
}
