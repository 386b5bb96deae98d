import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { withPicture } from '../../../../../../../src/main/engine/data/import/making/read-picture.ts'
import { scan } from '../../../../../../../src/main/engine/data/import/making/scan.ts'
import type { SourceEntry } from '../../../../../../../src/main/engine/data/import/source.ts'
import type { ImportPreview } from '../../../../../../../src/shared/contract/data.ts'
import { plainPng } from '../../../../../../support/pictures.ts'

test('a picture file of 4 GB is told of and is not read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-large-'))
  try {
    for (const name of ['a', 'b']) {
      await mkdir(join(folder, name))
      for (let i = 0; i < 3; i++)
        await writeFile(join(folder, name, `${i}.png`), await plainPng(20, [9, 9, i]))
    }
    // Nearly all of it is a hole: it takes no room on the disk.
    const large = await open(join(folder, 'a', 'large.png'), 'w')
    await large.write(await plainPng(20, [1, 2, 3]))
    await large.truncate(4_000_000_000)
    await large.close()
    const before = process.resourceUsage().maxRSS
    let preview: ImportPreview | null = null
    for await (const item of scan([folder], null, new AbortController().signal)) preview = item.preview
    expect(preview?.skipped).toEqual([
      {
        name: 'a/large.png',
        reason: expect.stringMatching(/it is too large \(4,000 MB; at most 256 MB can be read\)/),
      },
    ])
    expect(preview?.samples.names).toHaveLength(6)
    // Kilobytes.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(500_000)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('large files are held one after another, small ones side by side', async () => {
  let [held, most] = [0, 0]
  const entry = (size: number): SourceEntry => ({
    name: 'a.png',
    label: 'a',
    split: null,
    size: async () => size,
    read: async () => {
      held += size
      most = Math.max(most, held)
      return { kind: 'encoded', bytes: new Uint8Array(0) }
    },
  })
  const work = (size: number) =>
    withPicture(entry(size), async () => {
      await setTimeout(2)
      held -= size
    })
  await Promise.all(Array.from({ length: 8 }, () => work(200_000_000)))
  expect(most).toBe(200_000_000)
  most = 0
  await Promise.all(Array.from({ length: 8 }, () => work(30_000_000)))
  expect([held, most]).toEqual([0, 240_000_000])
})
