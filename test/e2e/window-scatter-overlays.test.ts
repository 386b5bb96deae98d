import { expect, test } from 'vitest'
import { useScatterPage } from './window-scatter-page.ts'

/** What lies over the points, in a real browser. */
const page = useScatterPage()

test('close up, points are their images in a frame of their class: each the right one, at the right place', async () => {
  const seen = await page().evaluate(async () => {
    const { clouds, paletteOf, plot } = window.lab
    const scene = clouds(20_000)
    const palette = paletteOf(10)
    const one = plot('canvas')
    const asked: number[] = []
    one.show({ scene, classes: palette, palette })
    one.stage.setImages({
      width: 8,
      height: 8,
      get: async index => {
        asked.push(index)
        return new Uint8Array(64).fill(index % 200)
      },
    })
    one.draw()
    const early = asked.length
    const at = one.stage.positionOf(123) ?? { x: 0, y: 0 }
    one.stage.zoom(60, at.x, at.y)
    one.draw()
    await new Promise(resolve => setTimeout(resolve, 200))
    one.draw()
    const { area } = one.stage.camera
    const inSight: number[] = []
    for (let i = 0; i < scene.count; i++) {
      const { x, y } = one.stage.positionOf(i) ?? { x: -1, y: -1 }
      const within =
        x >= area.left && x <= area.left + area.width && y >= area.top && y <= area.top + area.height
      if (within) inSight.push(i)
    }
    const context = one.marks.getContext('2d')
    const pixel = (x: number, y: number) => [...(context?.getImageData(x, y, 1, 1).data ?? [])]
    // The last one lies over all the others.
    const top = inSight.at(-1) ?? -1
    const spot = one.stage.positionOf(top) ?? { x: 0, y: 0 }
    const middle = pixel(spot.x, spot.y)
    // Outwards until the image ends: its frame.
    let frame: number[] = []
    for (let away = 8; away < 32; away++) {
      frame = pixel(spot.x + away, spot.y)
      if (frame[0] !== middle[0]) break
    }
    one.look({ thumbnails: false })
    one.draw()
    const off = pixel(spot.x, spot.y)
    one.stage.dispose()
    const colour = palette[scene.labels[top] ?? 0] ?? ''
    return { early, asked, inSight, top, middle, frame, off, colour }
  })
  expect(seen.early).toBe(0)
  expect(seen.inSight.length).toBeGreaterThan(2)
  expect([...seen.asked].sort((a, b) => a - b)).toEqual(seen.inSight)
  const grey = seen.top % 200
  expect(seen.middle).toEqual([grey, grey, grey, 255])
  const channels = [1, 3, 5].map(at => Number.parseInt(seen.colour.slice(at, at + 2), 16))
  expect(seen.frame.slice(0, 3)).toEqual(channels)
  expect(seen.off).toEqual([0, 0, 0, 0])
})

test('lines of equal density go around their class: the outermost holds nearly all of its points, the innermost the densest', async () => {
  const { shares, colours } = await page().evaluate(async () => {
    const { clouds, paletteOf, plot } = window.lab
    const scene = clouds(20_000)
    const palette = paletteOf(10)
    const one = plot('canvas')
    one.show({ scene, classes: palette, palette })
    one.look({ contours: 'classes', hidden: new Set([5]) })
    one.draw()
    const context = one.marks.getContext('2d')
    const { width, height } = one.marks
    const coloured = () => {
      const { data } = context?.getImageData(0, 0, width, height) ?? { data: new Uint8ClampedArray(0) }
      const found = new Set<number>()
      for (let i = 0; i < data.length; i += 4) {
        if ((data[i + 3] ?? 0) < 250) continue
        palette.forEach((hex, label) => {
          const near = [1, 3, 5].every(
            (at, k) => Math.abs(Number.parseInt(hex.slice(at, at + 2), 16) - (data[i + k] ?? 0)) < 12,
          )
          if (near) found.add(label)
        })
      }
      return [...found].sort((a, b) => a - b)
    }
    while (coloured().length === 0) {
      await new Promise(resolve => setTimeout(resolve, 100))
      one.draw()
    }
    const colours = coloured()
    // A path of class 0's colour alone, read by the canvas itself: is a point inside the lines?
    const traced = one.stage.contours
    const shares: number[] = []
    if (traced !== null) {
      const { lines, grid } = traced
      const { box, columns, rows, labels } = grid
      for (let line = 0; line < lines.groups.length; line++) {
        if (labels?.[lines.groups[line] ?? 0] !== 0) continue
        const path = new Path2D()
        for (let i = lines.starts[line] ?? 0; i < (lines.starts[line + 1] ?? 0); i++) {
          path.lineTo(lines.points[2 * i] ?? 0, lines.points[2 * i + 1] ?? 0)
        }
        let [inside, all] = [0, 0]
        for (let i = 0; i < scene.count; i++) {
          if (scene.labels[i] !== 0) continue
          all++
          const x = (((scene.values[2 * i] ?? 0) - box.minX) / (box.maxX - box.minX)) * columns
          const y = (((scene.values[2 * i + 1] ?? 0) - box.minY) / (box.maxY - box.minY)) * rows
          if (context?.isPointInPath(path, x, y)) inside++
        }
        shares.push(inside / all)
      }
    }
    one.stage.dispose()
    return { shares, colours }
  })
  expect(colours).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9])
  // A round cloud's density falls to a share s of its highest where 1 - s of its points lie inside.
  expect(Math.max(...shares)).toBeGreaterThan(0.87)
  expect(Math.max(...shares)).toBeLessThan(0.97)
  expect(shares.filter(share => share > 0.02 && share < 0.4).length).toBeGreaterThan(0)
})
