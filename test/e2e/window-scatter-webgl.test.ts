import { describe, expect, test } from 'vitest'
import { useScatterPage } from './window-scatter-page.ts'

/** The renderers alone in a real browser: what they draw and what it costs. */
const page = useScatterPage()

describe('the graphics card', () => {
  test.each([
    ['discs', { shapes: false }],
    ['shapes', { shapes: true }],
    ['a selection', { shapes: false, select: true }],
  ])('draws %s as the processor does', async (_, look) => {
    const { different, drawn, control } = await page().evaluate(
      ({ shapes, select }) => {
        const { clouds, paletteOf, plot, PointSet } = window.lab
        const scene = clouds(500)
        const selected = select ? PointSet.of(500, [3, 5, 8, 13, 21]) : null
        const [a, b] = (['webgl', 'canvas'] as const).map(kind => {
          const one = plot(kind)
          one.show({ scene, classes: paletteOf(10), palette: paletteOf(10) })
          one.look({ shapes, selected })
          const pixels = one.draw()
          one.stage.dispose()
          return pixels
        }) as [Uint8ClampedArray, Uint8ClampedArray]
        /** Pixels of one picture that differ in the other, moved to the right by some bytes. */
        const differing = (by: number) => {
          let count = 0
          for (let i = 0; i < a.length - by; i += 4) {
            // Less is what a marker between two pixels leaves over: the processor puts it on the nearest one.
            const far = [0, 1, 2, 3].some(k => Math.abs((a[i + by + k] ?? 0) - (b[i + k] ?? 0)) > 128)
            if (far) count++
          }
          return count
        }
        const drawn = b.filter((value, i) => i % 4 === 3 && value > 0).length
        return { different: differing(0), control: differing(5 * 4), drawn }
      },
      look as { shapes: boolean; select?: boolean },
    )
    expect(drawn).toBeGreaterThan(5000)
    expect(different / drawn).toBeLessThan(0.2)
    expect(control).toBeGreaterThan(2 * different)
  })

  test('gets the points once: panning, zooming, turning and hiding send none of them again', async () => {
    const seen = await page().evaluate(() => {
      const { clouds, paletteOf, plot, turnOf } = window.lab
      const scene = clouds(20_000, 10, 3)
      const one = plot('webgl')
      one.show({ scene, classes: paletteOf(10), palette: paletteOf(10) })
      one.draw()
      const { counts } = one.stage.drawn
      const first = { ...counts }
      for (let i = 0; i < 30; i++) {
        one.stage.pan(3, 2)
        one.draw()
      }
      const panned = { ...one.stage.drawn.counts }
      for (let i = 0; i < 5; i++) {
        one.stage.zoom(1.02, 200, 100)
        one.draw()
      }
      const zoomed = one.stage.drawn.counts.bytes - panned.bytes
      const before = one.stage.drawn.counts.bytes
      const upright = [1, 0, 0, 0, 0, 1, 0, 1, 0] as const
      one.show({ scene: { ...scene, turn: turnOf(2, upright, { pivot: [0, 0, 0], radius: 1 }) } })
      one.draw()
      one.look({ hidden: new Set([1]) })
      one.draw()
      const turned = one.stage.drawn.counts.bytes - before
      one.stage.dispose()
      return { first, panned, zoomed, turned }
    })
    const [points, classes] = [20_000 * 3 * 4, 20_000 * 2]
    expect(seen.first.bytes).toBeGreaterThanOrEqual(points + classes)
    // Beside them: a row of colours and a marker.
    expect(seen.first.bytes).toBeLessThan(points + 2 * classes + 10_000)
    expect(seen.panned.uploads - seen.first.uploads).toBe(0)
    expect(seen.panned.bytes - seen.first.bytes).toBe(0)
    expect(seen.panned.drawCalls - seen.first.drawCalls).toBe(30)
    expect(seen.zoomed).toBeLessThan(10_000)
    expect(seen.turned).toBeLessThan(10_000)
  })

  test('gets a byte a point for a selection, and draws it in a second order', async () => {
    const { bytes, drawCalls, uploads } = await page().evaluate(() => {
      const { clouds, paletteOf, plot, PointSet } = window.lab
      const one = plot('webgl')
      one.show({ scene: clouds(20_000), classes: paletteOf(10), palette: paletteOf(10) })
      one.draw()
      const before = { ...one.stage.drawn.counts }
      one.look({ selected: PointSet.of(20_000, [1, 2, 3]) })
      one.draw()
      const { bytes, drawCalls, uploads } = one.stage.drawn.counts
      one.stage.dispose()
      return {
        bytes: bytes - before.bytes,
        drawCalls: drawCalls - before.drawCalls,
        uploads: uploads - before.uploads,
      }
    })
    expect(drawCalls).toBe(2)
    expect(bytes).toBeGreaterThanOrEqual(20_000)
    expect(bytes).toBeLessThan(22_000)
    expect(uploads).toBeLessThanOrEqual(3)
  })

  test.each(['webgl', 'canvas'] as const)(
    'or processor (%s) leaves out what is hidden or not among "only these", and takes other colours',
    async kind => {
      const seen = await page().evaluate(which => {
        const { clouds, paletteOf, plot, PointSet } = window.lab
        const scene = clouds(400)
        const palette = paletteOf(10)
        const one = plot(which)
        one.show({ scene, classes: palette, palette })
        /** Pixels of nearly this colour. */
        const count = (hex: string) => {
          const wanted = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
          const pixels = one.draw()
          let found = 0
          for (let i = 0; i < pixels.length; i += 4)
            if (wanted.every((value, k) => Math.abs(value - (pixels[i + k] ?? 0)) < 3)) found++
          return found
        }
        const colour = palette[4] as string
        const all = count(colour)
        one.look({ hidden: new Set([4]) })
        const hidden = count(colour)
        const first = Array.from(scene.labels.keys()).filter(i => scene.labels[i] === 4)
        one.look({ hidden: new Set(), only: PointSet.of(400, first.slice(0, 2)) })
        const only = count(colour)
        const others = count(palette[5] as string)
        one.look({ only: null })
        const of = new Uint16Array(400).fill(1)
        const legend = ['a', 'b']
        one.show({ colours: { name: '', of, palette: ['#ff0000', '#00ff00'], legend, kind: 'categories' } })
        const green = count('#00ff00')
        const classes = count(colour)
        one.stage.dispose()
        return { all, hidden, only, others, green, classes }
      }, kind)
      expect(seen.all).toBeGreaterThan(200)
      expect(seen.hidden).toBe(0)
      expect(seen.only).toBeGreaterThan(20)
      expect(seen.only).toBeLessThan(seen.all / 2)
      expect(seen.others).toBe(0)
      expect(seen.green).toBeGreaterThan(5 * seen.all)
      expect(seen.classes).toBe(0)
    },
  )

  test('draws a strip of one feature as the processor does', async () => {
    const covered = await page().evaluate(() => {
      const { clouds, paletteOf, plot } = window.lab
      const scene = { ...clouds(300), vertical: null }
      return (['webgl', 'canvas'] as const).map(kind => {
        const one = plot(kind)
        one.show({ scene, classes: paletteOf(10), palette: paletteOf(10) })
        const pixels = one.draw()
        one.stage.dispose()
        let rows = 0
        for (let y = 0; y < 400; y++) {
          const row = pixels.subarray(y * 2400, (y + 1) * 2400)
          rows += row.reduce((sum, value, i) => sum + (i % 4 === 3 ? value : 0), 0) * (y + 1)
        }
        return rows
      })
    })
    expect((covered[0] as number) / (covered[1] as number)).toBeCloseTo(1, 1)
  })

  test('comes back with the same picture after it was lost', async () => {
    const { before, gone, after } = await page().evaluate(async () => {
      const { clouds, paletteOf, plot } = window.lab
      const one = plot('webgl')
      one.show({ scene: clouds(500), classes: paletteOf(10), palette: paletteOf(10) })
      const opaque = (pixels: Uint8ClampedArray) =>
        pixels.filter((value, i) => i % 4 === 3 && value > 0).length
      const before = opaque(one.draw())
      const lose = one.canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')
      lose?.loseContext()
      await new Promise(resolve => one.canvas.addEventListener('webglcontextlost', resolve, { once: true }))
      one.stage.pan(0, 0)
      const gone = opaque(one.draw())
      const after = new Promise<number>(resolve => {
        // After the renderer's own listener, in the task in which it drew.
        one.canvas.addEventListener('webglcontextrestored', () => resolve(opaque(one.draw())), { once: true })
      })
      setTimeout(() => lose?.restoreContext(), 0)
      return { before, gone, after: await after }
    })
    expect(before).toBeGreaterThan(5000)
    expect(gone).toBe(0)
    expect(after).toBe(before)
  })

  test('draws a million points with one order, none left out', async () => {
    const seen = await page().evaluate(() => {
      const { clouds, paletteOf, plot } = window.lab
      const one = plot('webgl')
      const scene = clouds(1_000_000)
      one.show({ scene, classes: paletteOf(10), palette: paletteOf(10) })
      one.draw()
      const { bytes, drawCalls } = one.stage.drawn.counts
      one.stage.dispose()
      return { bytes, drawCalls }
    })
    expect(seen.drawCalls).toBe(1)
    expect(seen.bytes).toBeGreaterThanOrEqual(8_000_000 + 2_000_000)
  })
})
