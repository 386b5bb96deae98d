import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Random } from '../src/main/engine/twin/random.ts'

export const queryCount = 100

/** Files that every contender of a search reads: raw 32-bit floats, row by row. */
export interface PointFiles {
  /** [count, size] */
  readonly points: string
  /** [queryCount, size] */
  readonly queries: string
}

/**
 * Points as a trained twin network leaves them: ten classes, each a normal cloud about its own centre. Queries come from the
 * same clouds.
 */
export async function writePoints(folder: string, count: number, size: number): Promise<PointFiles> {
  const random = Random.seeded(1, 'display')
  const centres = random.normals(10 * size, 1)
  const cloud = (rows: number): Float32Array => {
    const values = random.normals(rows * size, 0.25)
    for (let row = 0; row < rows; row++) {
      const centre = random.below(10) * size
      for (let i = 0; i < size; i++) {
        values[row * size + i] = (values[row * size + i] as number) + (centres[centre + i] as number)
      }
    }
    return values
  }
  const files = {
    points: join(folder, `${count}x${size}.points`),
    queries: join(folder, `${count}x${size}.queries`),
  }
  await writeFile(files.points, cloud(count))
  await writeFile(files.queries, cloud(queryCount))
  return files
}
