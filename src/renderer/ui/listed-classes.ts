/** More lines than this nobody reads, and each costs the page elements: of more classes, a search finds the others. */
export const mostListed = 100

export interface ListedClasses {
  /** Classes by number: in their own order if all fit, else the largest first. */
  readonly labels: readonly number[]
  /** Those that were found and are not listed. */
  readonly left: number
}

/**
 * Classes for a list that a person looks through.
 * @param counts images of each, [names.length]; what has more comes first where not all fit
 * @param search part of a name, in any case; empty finds every class
 */
export function listedClasses(
  names: readonly string[],
  counts: ArrayLike<number>,
  search = '',
  most = mostListed,
): ListedClasses {
  const wanted = search.trim().toLocaleLowerCase()
  const found: number[] = []
  names.forEach((name, label) => {
    if (wanted === '' || name.toLocaleLowerCase().includes(wanted)) found.push(label)
  })
  if (found.length <= most) return { labels: found, left: 0 }
  // A class that is called just so is found, however small it is.
  const rank = (label: number): number =>
    wanted !== '' && (names[label] as string).toLocaleLowerCase() === wanted
      ? Number.POSITIVE_INFINITY
      : (counts[label] ?? 0)
  // Of equal ranks the first comes first: sorting is stable. Two infinities have no difference.
  found.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)))
  return { labels: found.slice(0, most), left: found.length - most }
}
