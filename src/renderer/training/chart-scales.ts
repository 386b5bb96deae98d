import type { ChartOptions } from 'chart.js'
import type { ChartColours } from './chart-canvas.ts'
import { type ChartLines, lowestTenth } from './chart-lines.ts'

type Scales = NonNullable<ChartOptions<'line'>['scales']>

/** The axes of a chart of losses. @param x what its axis of iterations has of its own: from where to where */
export function lossScales(
  { grid, text, font }: ChartColours,
  logarithmic: boolean,
  x: { readonly min: number; readonly max?: number; readonly ticks?: object },
): Scales {
  const axis = {
    grid: { color: grid, tickColor: 'transparent' },
    border: { display: false },
    ticks: { color: text, font: { family: font, size: 11 }, maxRotation: 0 },
  }
  const title = (words: string) => ({
    display: true,
    text: words,
    color: text,
    font: { family: font, size: 11 },
  })
  return {
    x: {
      ...axis,
      type: 'linear',
      ...x,
      ticks: { ...axis.ticks, maxTicksLimit: 8, ...x.ticks },
      title: title('Iteration'),
    },
    y: {
      ...axis,
      type: logarithmic ? 'logarithmic' : 'linear',
      ...(logarithmic ? {} : { min: 0 }),
      ticks: { ...axis.ticks, maxTicksLimit: 6 },
      title: title('Loss'),
    },
  }
}

/** The axes of what is drawn beside the losses: shares on the right, and one without marks for the learning rate. */
export function lineScales({ text, font }: ChartColours, { quality }: ChartLines): Scales {
  const small = { family: font, size: 11 }
  return {
    yShare: {
      type: 'linear',
      position: 'right',
      display: quality.length > 0,
      min: lowestTenth(quality.map(({ y }) => y)),
      max: 1,
      grid: { drawOnChartArea: false, tickColor: 'transparent' },
      border: { display: false },
      ticks: {
        color: text,
        font: small,
        maxTicksLimit: 6,
        callback: value => `${Math.round(1000 * Number(value)) / 10}%`,
      },
      title: { display: true, text: '5-NN accuracy', color: text, font: small },
    },
    yRate: { type: 'linear', display: false, min: 0, grace: '5%' },
  }
}
