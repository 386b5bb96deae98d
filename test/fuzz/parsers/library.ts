import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importSource } from '../../../src/main/engine/data/import/making/import-source.ts'
import { asImage } from '../../../src/main/engine/data/import/making/read-picture.ts'
import {
  describeDataSet,
  libraryFolder,
  openImported,
} from '../../../src/main/engine/data/library/data-set-library.ts'
import { colourFolder } from '../../support/picture-folder.ts'
import type { FuzzedParser } from '../parser.ts'

const options = {
  name: 'three colours',
  size: 16,
  channels: 'colour',
  fit: 'pad',
  invert: 'auto',
  split: { testShare: 0.25, seed: 1 },
  keepTogether: false,
} as const

/** A picture that an import makes small, which goes another way than one that is looked at; and the library's own files. */
export async function libraryParsers(pictures: readonly FuzzedParser[]): Promise<FuzzedParser[]> {
  const { id, files } = await importedFiles()
  const shape = { height: 16, width: 16, channels: 3 } as const
  return [
    {
      name: 'picture of an import',
      seeds: pictures.flatMap(({ seeds }) => seeds),
      async parse(bytes) {
        const framing = { fit: 'pad', invert: false } as const
        const pixels = await asImage({ kind: 'encoded', bytes }, 'picture', shape, framing)
        if (pixels.length !== 16 * 16 * 3) throw new Error(`${pixels.length} bytes for 16 x 16 in colour`)
      },
    },
    ...[...files].map(
      ([name, content]): FuzzedParser => ({
        name: `library: ${name}`,
        seeds: [content],
        async parse(bytes, folder) {
          process.env['TWINLENS_DATA'] = folder
          const place = join(libraryFolder(), id)
          await mkdir(place, { recursive: true })
          for (const [file, known] of files) await writeFile(join(place, file), file === name ? bytes : known)
          await describeDataSet(id)
          await openImported(id)
        },
      }),
    ),
  ]
}

async function importedFiles(): Promise<{ id: string; files: ReadonlyMap<string, Buffer> }> {
  const before = process.env['TWINLENS_DATA']
  const home = await mkdtemp(join(tmpdir(), 'twinlens-fuzz-library-'))
  process.env['TWINLENS_DATA'] = home
  const pictures = await colourFolder(['red', 'blue'], 4)
  let id = ''
  for await (const progress of importSource([pictures], options, new AbortController().signal))
    id = progress.id ?? id
  const place = join(libraryFolder(), id)
  const names = await readdir(place)
  const files = new Map(
    await Promise.all(names.map(async name => [name, await readFile(join(place, name))] as const)),
  )
  await rm(home, { recursive: true })
  await rm(pictures, { recursive: true })
  if (before === undefined) delete process.env['TWINLENS_DATA']
  else process.env['TWINLENS_DATA'] = before
  return { id, files }
}
