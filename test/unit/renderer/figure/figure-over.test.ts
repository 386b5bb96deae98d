import { describe, expect, it } from 'vitest'
import type { DrawnPaths } from '../../../../src/renderer/explorer/draw-paths.ts'
import { toX, toY } from '../../../../src/renderer/explorer/view-transform.ts'
import { traceLines } from '../../../../src/renderer/figure/trace-lines.ts'
import type { Mark } from '../../../../src/renderer/search/marks.ts'
import { coloursIn, contentOf, draw } from './drawn-figure.ts'

const marks: readonly Mark[] = [
  { place: { kind: 'point', index: 4 }, text: '', asked: true },
  { place: { kind: 'point', index: 7 }, text: '1', asked: false },
  { place: { kind: 'picture', point: Float32Array.of(0.5, -0.5) }, text: '2', asked: false },
]

/** Two ways of three moments each. */
const paths: DrawnPaths = {
  values: Float32Array.of(0, 0, 1, 0, 1, 1, -1, -1, -1, 0, 0, 1),
  size: 2,
  iterations: Int32Array.of(0, 10, 20),
  labels: Uint16Array.of(3, 5),
  at: null,
}

const short = (value: number) => String(Math.round(value * 100) / 100)

describe('what lies over the points', () => {
  it('as lines of equal density is a path of every class in its colour, in the figure and among the points', async () => {
    const content = contentOf(400, 4, { contours: 'classes' })
    const { group, layout } = await draw(content)
    const lines = [...group('contours').matchAll(/<path d="([^"]+)" fill="none" stroke="(#\w+)"/g)]
    expect(lines.map(([, , colour]) => colour)).toEqual(
      content.palette.flatMap(colour => ['#ffffff', colour]),
    )
    const [, path] = lines[1]!
    expect(path!.match(/M/g)!.length).toBeGreaterThanOrEqual(4)
    const { left, top, width, height } = layout.area
    const inside = [...path!.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].filter(
      ([, x, y]) =>
        Number(x) >= left && Number(x) <= left + width && Number(y) >= top && Number(y) <= top + height,
    )
    expect(inside.length).toBeGreaterThan(100)
  })

  it('leaves out lines around what is hidden, and all of them in a strip', async () => {
    const { group } = await draw(contentOf(400, 4, { contours: 'classes', hidden: new Set([2]) }))
    expect(group('contours')).not.toContain(contentOf(400, 4).palette[2])
    const scene = { ...contentOf(100, 4).scene, size: 1, vertical: null }
    expect((await draw(contentOf(100, 4, { scene, contours: 'all' }))).group('contours')).toBe('')
  })

  it('has ways through the training at their places, in the colours of their classes', async () => {
    const content = contentOf(300, 10, { paths })
    const { group, layout } = await draw(content)
    const way = [
      [0, 0],
      [1, 0],
      [1, 1],
    ].map(([x, y]) => `${short(toX(layout.view, x!))} ${short(toY(layout.view, y!))}`)
    expect(group('paths')).toContain(
      `<path d="M${way[0]}L${way[1]}L${way[2]}" fill="none" stroke="${content.palette[3]}" stroke-width="2"`,
    )
    expect(group('paths')).toContain(`stroke="${content.palette[5]}"`)
  })

  it('marks the query and what was found, with lines, rings and letters, on fainter points', async () => {
    const content = contentOf(300, 10, { marks })
    const { group, texts, svg, layout } = await draw(content, { names: true })
    expect(texts('marks')).toEqual(['1', '1', '2', '2'])
    const { values } = content.scene
    const at = `M${short(toX(layout.view, values[8]!))} ${short(toY(layout.view, values[9]!))}`
    expect(group('marks').split(at)).toHaveLength(4) // a line to itself and each of the others
    expect(group('marks')).toContain(`fill="${content.palette[4]}"`)
    expect(group('names')).toBe('')
    expect(/<path id="m0"[^>]*opacity="0.5"/.test(svg)).toBe(true)
    const colours = coloursIn(svg)
    for (const index of [4, 7]) expect(colours.get(content.palette[index]!)).toBeGreaterThan(20)
  })

  it('is not there where nothing is', async () => {
    const { group } = await draw(contentOf())
    for (const name of ['contours', 'paths', 'marks']) expect(group(name)).toBe('')
  })
})

describe('an SVG of many points', () => {
  it('has one picture in place of their markers, above so many of them and not before', async () => {
    const content = contentOf(300, 4)
    const options = { legend: false, axes: false }
    const marked = await draw(content, options, 300)
    expect(marked.markers).toHaveLength(300)
    expect(marked.svg).not.toContain('<image')
    const pictured = await draw(content, options, 299)
    expect(pictured.markers).toHaveLength(0)
    expect(pictured.group('points').match(/<image/g)).toHaveLength(1)
    expect(pictured.svg).not.toContain('<use')
    const [before, after] = [coloursIn(marked.svg), coloursIn(pictured.svg)]
    for (const colour of content.palette)
      expect(after.get(colour)).toBeGreaterThan((before.get(colour) ?? 0) * 0.5)
  })
})

describe('tracing for a figure', () => {
  const content = contentOf(300, 4, { contours: 'all' })
  const workerOf = (answer: (worker: Worker) => void) => {
    const worker = {
      ...{ onmessage: null, onerror: null, ended: 0 },
      postMessage: () => answer(worker as unknown as Worker),
      terminate: () => worker.ended++,
    }
    return worker
  }

  it('ends its worker, also when it is cancelled or fails', async () => {
    const { layout } = await draw(content)
    const lines = {
      id: 0,
      points: new Float32Array(0),
      starts: Uint32Array.of(0),
      groups: new Uint16Array(0),
    }
    const good = workerOf(({ onmessage }) => onmessage?.call(null as never, { data: lines } as MessageEvent))
    expect((await traceLines(content, layout, undefined, () => good as never))?.lines).toBe(lines)
    const bad = workerOf(({ onerror }) => onerror?.call(null as never, {} as ErrorEvent))
    await expect(traceLines(content, layout, undefined, () => bad as never)).rejects.toThrow('could not')
    const cancel = new AbortController()
    const slow = workerOf(() => queueMicrotask(() => cancel.abort()))
    await expect(traceLines(content, layout, cancel.signal, () => slow as never)).rejects.toThrow()
    expect([good.ended, bad.ended, slow.ended]).toEqual([1, 1, 1])
  })
})
