import { Deck, OrthographicView } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import { offer, pane } from './drive.ts'

/** deck.gl's plain scatterplot layer, its attributes handed over as typed arrays: the way that its guide calls fastest. */
offer(async job => {
  const parent = document.createElement('div')
  Object.assign(parent.style, { position: 'relative', width: `${pane.width}px`, height: `${pane.height}px` })
  document.body.append(parent)
  const colours = new Uint8Array(job.count * 4)
  const channels = job.palette.map(hex => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)))
  for (let i = 0; i < job.count; i++) {
    colours.set(channels[job.labels[i]], i * 4)
    colours[i * 4 + 3] = Math.round(job.opacity * 255)
  }
  const layer = new ScatterplotLayer({
    id: 'points',
    data: {
      length: job.count,
      attributes: { getPosition: { value: job.values, size: 2 }, getFillColor: { value: colours, size: 4 } },
    },
    getRadius: job.radius,
    radiusUnits: 'pixels',
    stroked: false,
    pickable: false,
  })
  const zoomed = zoom => Math.log2(job.scale * zoom)
  let drawn = () => {}
  let gl = null
  const picture = () =>
    new Promise(resolve => {
      drawn = resolve
    })
  const first = picture()
  const deck = new Deck({
    parent,
    width: pane.width,
    height: pane.height,
    useDevicePixels: 1,
    views: new OrthographicView({ flipY: false }),
    viewState: { target: [0, 0, 0], zoom: zoomed(1) },
    controller: false,
    layers: [layer],
    onAfterRender: context => {
      gl = context.gl
      if (layer.isLoaded) drawn()
    },
  })
  await first
  return {
    move: async ({ x, y, zoom }) => {
      const next = picture()
      deck.setProps({ viewState: { target: [-x / job.scale, y / job.scale, 0], zoom: zoomed(zoom) } })
      await next
    },
    finish: () => gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)),
  }
})
