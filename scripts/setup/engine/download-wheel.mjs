import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../failure.mjs'
import { makeFolderWhole, sha256OfFile } from '../files.mjs'
import { logPath, say } from '../log.mjs'
import { run } from '../run.mjs'
import { downloadsFolder } from './cache.mjs'

/**
 * The wheel's file in the cache, checked; downloaded where it is missing or damaged.
 * @param {string} python
 * @param {import('./wheel.mjs').Wheel} wheel
 */
export async function downloadWheel(python, wheel) {
  const folder = join(downloadsFolder(), wheel.sha256)
  const file = join(folder, wheel.file)
  if (await isGenuine(file, wheel)) return file
  if (existsSync(file)) {
    say(`${wheel.file} in the cache is damaged; it is downloaded again.`)
    rmSync(file)
  }
  say(`Downloading ${wheel.name} ${wheel.version} (${Math.round(wheel.bytes / 1e6)} MB) ...`)
  await makeFolderWhole(folder, beside => fetchInto(beside, python, wheel))
  return file
}

/** @param {string} folder @param {string} python @param {import('./wheel.mjs').Wheel} wheel */
async function fetchInto(folder, python, wheel) {
  const requirements = join(folder, 'requirements.txt')
  writeFileSync(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
  const { ok, output } = await run(
    python,
    [
      ...[
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--only-binary=:all:',
        '--require-hashes',
        '-r',
        requirements,
      ],
      // Which Python runs here does not matter: the library inside is the same for all.
      ...['--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312'],
      ...['--platform', 'manylinux_2_27_x86_64', '--platform', 'manylinux2014_x86_64'],
      // pip's own cache would keep a second copy.
      ...[
        '--no-cache-dir',
        '--no-input',
        '--progress-bar',
        'off',
        '--disable-pip-version-check',
        '--retries',
        '2',
      ],
      ...['--dest', folder],
    ],
    { limitMs: 3_600_000 },
  )
  const file = join(folder, wheel.file)
  if (ok && (await isGenuine(file, wheel))) {
    rmSync(requirements)
    return
  }
  const why =
    ok || output.includes('THESE PACKAGES DO NOT MATCH THE HASHES')
      ? 'what came is not the file that was published (its SHA-256 differs)'
      : 'pip could not download it; is this machine online?'
  throw new SetupError(`${wheel.name} ${wheel.version} was passed over: ${why} Details: ${logPath()}`)
}

/** @param {string} file @param {import('./wheel.mjs').Wheel} wheel */
async function isGenuine(file, wheel) {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  return size === wheel.bytes && (await sha256OfFile(file)) === wheel.sha256
}
