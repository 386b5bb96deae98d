/** As many as UMAP takes by default. */
const near = 15

/**
 * Where a new point goes in a projection that has no formula: the mean of its nearest points, the nearer the heavier.
 * An estimate (umap-learn's `transform` starts from the like), near enough to see where it belongs.
 * @param source [points, size] @param values what was made of them, [points, dimensions] @returns [dimensions]
 */
export function placeByNeighbours(
  source: Float32Array,
  size: number,
  values: Float32Array,
  dimensions: number,
  point: Float32Array,
): Float32Array {
  const indices: number[] = []
  const squares: number[] = []
  for (let i = 0; i * size < source.length; i++) {
    let sum = 0
    for (let j = 0; j < size; j++) sum += ((source[i * size + j] as number) - (point[j] as number)) ** 2
    if (squares.length === near && !(sum < (squares[near - 1] as number))) continue
    let place = squares.length
    while (place > 0 && (squares[place - 1] as number) > sum) place--
    squares.splice(place, 0, sum)
    indices.splice(place, 0, i)
    squares.length = indices.length = Math.min(near, squares.length)
  }
  const weights = squares.map(square => 1 / (Math.sqrt(square) + 1e-12))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Float32Array.from({ length: dimensions }, (_, k) =>
    indices.reduce(
      (sum, i, at) => sum + ((weights[at] as number) / total) * (values[i * dimensions + k] as number),
      0,
    ),
  )
}
