/** Which classes are hidden. A new set for every change, so that a shallowRef notices. */
export type Hidden = ReadonlySet<number>

export function toggle(hidden: Hidden, label: number): Hidden {
  const next = new Set(hidden)
  if (!next.delete(label)) next.add(label)
  return next
}

export const isIsolated = (hidden: Hidden, label: number, classes: number): boolean =>
  hidden.size === classes - 1 && !hidden.has(label)

/** Only this class; once more, and all are back. */
export function isolate(hidden: Hidden, label: number, classes: number): Hidden {
  if (isIsolated(hidden, label, classes)) return new Set()
  return new Set(Array.from({ length: classes }, (_, i) => i).filter(i => i !== label))
}

/** Images of every class, [classes]. */
export function countsOf(labels: Uint16Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes)
  for (const label of labels) counts[label] = (counts[label] as number) + 1
  return counts
}
