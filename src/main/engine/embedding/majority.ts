/**
 * The class most frequent among these; of classes equally frequent, the one whose member comes first.
 * @param nearest indices of gallery points, nearest first
 */
export function majority(labels: Uint16Array, nearest: Int32Array): number {
  const votes = new Map<number, number>()
  for (const index of nearest) {
    const label = labels[index] as number
    votes.set(label, (votes.get(label) ?? 0) + 1)
  }
  let winner = -1
  let most = 0
  for (const [label, count] of votes) {
    if (count > most) {
      winner = label
      most = count
    }
  }
  return winner
}
