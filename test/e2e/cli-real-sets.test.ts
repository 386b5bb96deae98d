import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { twinlens } from '../support/cli.ts'
import { realSets, writeRealSet } from '../support/real-sets/real-sets.ts'
import { whyNoWheels } from '../support/real-sets/wheels.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'twinlens-real-sets-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

const run = (...args: readonly string[]) => twinlens(args, { env: { TWINLENS_DATA: join(home, 'kept') } })

const answerSchema = z.object({
  neighbours: z.array(
    z.looseObject({
      gallery: z.enum(['test', 'train']),
      index: z.number(),
      label: z.string(),
      distance: z.number(),
    }),
  ),
})
type Found = z.infer<typeof answerSchema>['neighbours'][number]

/** Distances from one image of a run to all of them, by looking at each. */
function distancesFrom(of: Run, { gallery, index }: Pick<Found, 'gallery' | 'index'>): number[] {
  const { size } = of.test.embedding
  const point = of[gallery].embedding.values.subarray(index * size, (index + 1) * size)
  return (['test', 'train'] as const).flatMap(part =>
    Array.from(of[part].labels, (_, i) =>
      Math.hypot(...point.map((x, k) => x - (of[part].embedding.values[i * size + k] as number))),
    ),
  )
}

describe.skipIf(whyNoWheels !== undefined)('real pictures in a folder a class, on the command line', () => {
  test.each(realSets)(
    '$name: imported, learned far better than guessing, searched like by brute force',
    async set => {
      const folder = join(home, set.name)
      await writeRealSet(set, folder)
      const imported = await run('data', 'import', folder)
      expect(imported).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/) })
      const colour = set.shape.channels === 3 ? 'colour' : 'grey'
      expect(imported.stderr).toContain(
        `of ${set.side} x ${set.side} in ${colour}, ${set.classes.length} classes`,
      )

      const saved = join(home, `run of ${set.name}`)
      const small = [
        '--preset',
        'fast',
        '--iterations',
        '150',
        '--hidden-sizes',
        '64',
        '--embedding-size',
        '3',
      ]
      const trained = await run('train', '--data', folder, ...small, '--out', saved)
      expect(trained.stderr).toContain('Taken from the library')
      expect(trained.code).toBe(0)
      const learned = await openRun(saved)
      expect(learned.config.data.classes).toEqual(set.classes)
      expect(learned.train.labels.length + learned.test.labels.length).toBe(set.count)
      expect(learned.config.quality.knnAccuracy).toBeGreaterThan(set.learned)

      const label = set.classes.at(-1) as string
      const [picture = ''] = await readdir(join(folder, label))
      const words = ['--image', join(folder, label, picture), '--gallery', 'both', '--count', '8', '--json']
      const searched = await run('search', saved, ...words)
      expect(searched.code).toBe(0)
      const { neighbours } = answerSchema.parse(JSON.parse(searched.stdout))
      const [itself] = neighbours as [Found, ...Found[]]
      expect(itself.distance).toBeCloseTo(0, 4)
      expect(itself.label).toBe(label)
      const distances = distancesFrom(learned, itself).sort((a, b) => a - b)
      expect(neighbours).toHaveLength(8)
      neighbours.forEach(({ distance }, i) => {
        expect(distance).toBeCloseTo(distances[i] as number, 4)
      })
    },
  )
})
