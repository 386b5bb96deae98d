import createScatterplot from 'regl-scatterplot'
import { offer, pane } from './drive.ts'

/** regl-scatterplot in its mode for speed: points without smooth edges. It needs a page that lets it compile code. */
offer(async job => {
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, { width: `${pane.width}px`, height: `${pane.height}px` })
  document.body.append(canvas)
  const scatterplot = createScatterplot({
    canvas,
    width: pane.width,
    height: pane.height,
    pointSize: 2 * job.radius,
    opacity: job.opacity,
    pointColor: job.palette,
    colorBy: 'category',
    performanceMode: true,
  })
  // It asks for coordinates from -1 to 1, and puts that square into the pane's height.
  const half = pane.height / 2 / job.scale
  const points = { x: new Float32Array(job.count), y: new Float32Array(job.count), category: job.labels }
  for (let i = 0; i < job.count; i++) {
    points.x[i] = job.values[2 * i] / half
    points.y[i] = job.values[2 * i + 1] / half
  }
  let drawn = () => {}
  scatterplot.subscribe('draw', () => drawn())
  const picture = () =>
    new Promise(resolve => {
      drawn = resolve
    })
  await scatterplot.draw(points, { zDataType: 'categorical' })
  const gl = canvas.getContext('webgl')
  return {
    move: async ({ x, y, zoom }) => {
      const next = picture()
      const [right, up] = [(zoom * x) / job.scale / half, (-zoom * y) / job.scale / half]
      scatterplot.set({
        cameraView: new Float32Array([zoom, 0, 0, 0, 0, zoom, 0, 0, 0, 0, 1, 0, right, up, 0, 1]),
      })
      await next
    },
    finish: () => gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)),
  }
})
