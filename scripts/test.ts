/**
 * Runs every check and every suite, and closes with one line that counts them all. The checks (lint, types, dependency
 * rules) count as one test each. `npm test -- unit numeric` runs only the suites named.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
const only = process.argv.slice(2)

const checks = [
  { name: 'lint', tool: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'types', tool: 'vue-tsc/bin/vue-tsc.js', args: ['-b'] },
  {
    name: 'dependency rules',
    tool: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'src'],
  },
]

/** In the order of what fails first and fastest. */
const suites = ['unit', 'contract', 'numeric', 'setup', 'e2e', 'package'].filter(
  suite => only.length === 0 || only.includes(suite),
)

let passed = 0
let failed = 0
/** Told once more at the end: a long run's middle is easily lost. */
const failures: string[] = []

if (only.length === 0) {
  for (const { name, tool, args } of checks) {
    console.log(`\n== ${name}`)
    if ((await run(tool, args)) === 0) passed++
    else {
      failed++
      failures.push(name)
    }
  }
}
for (const suite of suites) {
  console.log(`\n== ${suite}`)
  const counts = await runSuite(suite)
  passed += counts.passed
  failed += counts.failed
  failures.push(...counts.failures)
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.map(failure => `  ${failure}`).join('\n')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

/** Exit code of a tool of node_modules, run by this Node. */
function run(tool: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
      cwd: root,
      stdio: 'inherit',
    })
    child.on('error', reject)
    child.on('close', code => resolve(code ?? 1))
  })
}

interface SuiteReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

interface SuiteCounts {
  readonly passed: number
  readonly failed: number
  /** A line or two for each. */
  readonly failures: readonly string[]
}

/** A suite that ends without a report, or fails outside its tests, counts as one failure more. */
async function runSuite(suite: string): Promise<SuiteCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'twinlens-report-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await run('vitest/vitest.mjs', ['run', '--project', suite, ...reporters])
    const told = JSON.parse(readFileSync(report, 'utf8')) as SuiteReport
    const { numPassedTests: passed, numFailedTests } = told
    if (code !== 0 && numFailedTests === 0)
      return { passed, failed: 1, failures: [`${suite}, outside its tests`] }
    return { passed, failed: numFailedTests, failures: failuresOf(told) }
  } catch (error) {
    console.error(
      `The suite ${suite} gave no report: ${error instanceof Error ? error.message : String(error)}`,
    )
    return { passed: 0, failed: 1, failures: [`${suite}, without a report`] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function failuresOf({ testResults }: SuiteReport): string[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => {
        const why = (failureMessages?.[0] ?? '').split('\n').slice(0, 4).join(' ')
        return `${relative(root, name)}: ${fullName}: ${why}`
      }),
  )
}
