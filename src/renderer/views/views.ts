/** What the window can show, in the order of its switch. */
export const views = [
  { name: 'train', title: 'Training' },
  { name: 'explore', title: 'Explorer' },
  { name: 'quality', title: 'Quality' },
  { name: 'sides', title: 'Side by side' },
  { name: 'runs', title: 'Runs' },
] as const

export type ViewName = (typeof views)[number]['name']

/** Alt and a figure, which no browser takes for itself; Option types other letters on a Mac, hence the code. */
export function viewOf(event: KeyboardEvent): ViewName | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
  const figure = /^Digit([1-9])$/.exec(event.code)?.[1]
  return figure === undefined ? null : (views[Number(figure) - 1]?.name ?? null)
}
