import { PointSet } from '../point-set.ts'

export type Parsed = { readonly set: PointSet } | { readonly fault: string }

/**
 * Image numbers as a person writes them: "5, 7, 100-120", by commas, semicolons or spaces; a range includes its ends.
 * @param points how many images there are
 */
export function parseNumbers(text: string, points: number): Parsed {
  const mask = new Uint8Array(points)
  // An n-dash or a space beside the dash of a range is no fault.
  const words = text
    .replaceAll(/\s*[-–]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter(word => word !== '')
  if (words.length === 0) return { fault: 'Write numbers of images, such as 5, 7, 100-120.' }
  for (const word of words) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? []
    if (from === undefined || to === undefined)
      return { fault: `“${word}” is no number and no range such as 100-120.` }
    const [first, last] = [Number(from), Number(to)]
    if (first > last) return { fault: `The range ${word} ends before it begins.` }
    if (last >= points) return { fault: `There is no image ${last}: the last is ${points - 1}.` }
    mask.fill(1, first, last + 1)
  }
  return { set: PointSet.fromMask(mask) }
}

/** Classes whose name contains the text, whatever its case; an exact name means itself alone. */
export function labelsContaining(text: string, classes: readonly string[]): number[] {
  const wanted = text.trim().toLocaleLowerCase()
  if (wanted === '') return []
  const names = classes.map(name => name.toLocaleLowerCase())
  const exact = names.indexOf(wanted)
  if (exact >= 0) return [exact]
  return names.flatMap((name, label) => (name.includes(wanted) ? [label] : []))
}
