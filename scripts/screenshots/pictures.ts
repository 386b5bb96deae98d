import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toPng } from '../../src/main/engine/pictures/png.ts'
import { connectClient } from '../../test/support/client.ts'
import type { RunningApp } from '../../test/support/window.ts'
import type { Pictures } from './search.ts'

const paper = join(import.meta.dirname, '../../test/fixtures/seven-on-paper.png')

/** What the states of the search bring from outside; the several are test images of the running app. */
export async function makePictures(app: RunningApp): Promise<Pictures> {
  const { client, close } = await connectClient(app.url)
  const indices = [3, 8, 21, 34]
  const { labels, pixels } = await client.images({ split: 'test', indices: Int32Array.from(indices) })
  close()
  const several = await Promise.all(
    indices.map(async (index, i) => ({
      name: `digit-${labels[i]}-${index}.png`,
      png: await toPng(pixels.slice(i * 784, (i + 1) * 784), { height: 28, width: 28, channels: 1 }),
    })),
  )
  return {
    paper: await readFile(paper),
    strange: await toPng(target(), { height: 56, width: 56, channels: 1 }),
    several,
  }
}

/** Rings around the middle, 56 x 56. */
const target = (): Uint8Array =>
  Uint8Array.from({ length: 56 * 56 }, (_, i) => {
    const radius = Math.hypot((i % 56) - 27.5, Math.floor(i / 56) - 27.5)
    return radius < 26 && Math.floor(radius / 4) % 2 === 0 ? 240 : 0
  })
