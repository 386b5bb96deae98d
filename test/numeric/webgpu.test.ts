import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BackendReport } from '../../src/main/engine/tensorflow/backends.ts'
import { availableBackends } from '../support/backends.ts'
import { temporaryFolder } from '../support/files.ts'
import { swiftShader } from '../support/swiftshader.ts'

const shader = swiftShader()
const why = 'missing' in shader ? ` (skipped: ${shader.missing})` : ''
const env = 'env' in shader ? shader.env : {}

interface Trained {
  readonly losses: readonly number[]
  readonly gradients: readonly (readonly number[])[]
}

/** In a process of its own: the libraries that it loads have to be named before it starts. */
function run(script: string, argument: string, more: Record<string, string> = {}): unknown {
  const printed = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../support', script), argument],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env, ...more },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  return JSON.parse(printed)
}

const trainOn = (backend: string): Trained[] => run('print-small-losses.ts', backend) as Trained[]

describe.skipIf(why !== '')(`WebGPU on SwiftShader${why}`, () => {
  let onWebGpu: Trained[] = []
  beforeAll(() => {
    onWebGpu = trainOn('webgpu')
  })

  test.each(availableBackends(['native', 'cpu']))('gives the losses of %s over forty iterations', backend => {
    trainOn(backend).forEach(({ losses }, i) => {
      const { losses: ours } = onWebGpu[i] as Trained
      expect(ours).toHaveLength(40)
      losses.forEach((loss, t) => {
        expect(Math.abs((ours[t] as number) - loss)).toBeLessThan(1e-4 * Math.max(loss, 1e-2))
      })
    })
  })

  test('gives the loss and gradients of cpu', () => {
    trainOn('cpu').forEach(({ gradients }, i) => {
      const largest = Math.max(...gradients.flat().map(Math.abs))
      gradients.forEach((values, t) => {
        const ours = onWebGpu[i]?.gradients[t] as readonly number[]
        expect(ours).toHaveLength(values.length)
        values.forEach((value, j) => {
          expect(Math.abs((ours[j] as number) - value)).toBeLessThan(1e-4 * largest)
        })
      })
    })
  })

  test('is passed over unasked, because it is no graphics card; if it were one it would be measured', async () => {
    const folder = await temporaryFolder()
    const { opened, chosen } = run('choose-gpu.ts', join(folder, 'run'), { TWINLENS_DATA: folder }) as {
      opened: BackendReport
      chosen: readonly BackendReport[]
    }
    const reason = ({ passedOver }: BackendReport): string =>
      passedOver.find(({ backend }) => backend === 'webgpu')?.reason ?? ''
    expect(opened.backend).not.toBe('webgpu')
    expect(reason(opened)).toMatch(/is no graphics card: it computes on the processor, and slowly\.$/)
    const [first, saved] = chosen as [BackendReport, BackendReport]
    const figures = /([\d.]+) ms an iteration of this training, \w+ ([\d.]+) ms/
    const [, webgpu, other] = figures.exec(`${first.description} ${reason(first)}`) ?? []
    expect(first.backend).toBe(Number(webgpu) < Number(other) ? 'webgpu' : opened.backend)
    expect(saved.backend).toBe(first.backend)
  })
})
