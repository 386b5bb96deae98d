import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BackendInfo, Training } from '../../src/shared/contract.ts'
import { availableBackends } from '../support/backends.ts'
import { temporaryFolder } from '../support/files.ts'
import { swiftShader } from '../support/swiftshader.ts'

const shader = swiftShader()
const why = 'missing' in shader ? ` (skipped: ${shader.missing})` : ''
const env = 'env' in shader ? shader.env : {}

interface Seen {
  readonly told: readonly { readonly firstIteration: number; readonly losses: readonly number[] }[]
  readonly end: Training
  readonly backends: readonly [BackendInfo, BackendInfo]
  readonly neighbours: readonly number[]
}

/** What a window sees of a training of sixty iterations. @param lostAfter the card is taken away then; 0 for never */
async function trainOn(backend: string, lostAfter: number): Promise<Seen> {
  const script = join(import.meta.dirname, '../support/train-in-service.ts')
  const settings = { TWINLENS_BACKEND: backend, TWINLENS_DATA: await temporaryFolder() }
  const printed = execFileSync(process.execPath, [script, String(lostAfter)], {
    encoding: 'utf8',
    env: { ...process.env, ...env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(printed) as Seen
}

const lower = availableBackends(['native', 'wasm'])[0] as string

test.skipIf(why !== '')(
  `a training that loses its graphics card says so and ends as if nothing had happened${why}`,
  async () => {
    const unharmed = await trainOn(lower, 0)
    const { told, end, backends, neighbours } = await trainOn('webgpu', 35)

    expect(end).toMatchObject({ phase: 'done', iteration: 60, error: null, backend: lower })
    expect(end.notice).toMatch(
      /^The graphics card was lost at iteration \d+ \(.+\)\. The training goes on with \w+; what was learned is safe\.$/,
    )
    expect(backends.map(({ backend }) => backend)).toEqual(['webgpu', lower])
    const reason = backends[1].passedOver.find(({ backend }) => backend === 'webgpu')?.reason
    expect(reason).toMatch(/^The graphics card was lost at iteration \d+/)

    let next = 1
    for (const { firstIteration, losses } of told) {
      expect(firstIteration).toBe(next)
      next += losses.length
    }
    const all = (seen: Seen): number[] => seen.told.flatMap(({ losses }) => losses)
    all(unharmed).forEach((loss, i) => {
      const ours = all({ told, end, backends, neighbours })[i] as number
      expect(Math.abs(ours - loss)).toBeLessThan(1e-4 * Math.max(loss, 1e-2))
    })
    expect(neighbours).toEqual(unharmed.neighbours)
  },
)
