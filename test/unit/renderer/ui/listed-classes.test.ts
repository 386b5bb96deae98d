import { describe, expect, it } from 'vitest'
import { listedClasses, mostListed } from '../../../../src/renderer/ui/listed-classes.ts'

const namesOf = (count: number) => Array.from({ length: count }, (_, i) => `Kind ${i}`)

it('lists every class in its own order while there is room', () => {
  const counts = namesOf(mostListed).map((_, i) => i)
  expect(listedClasses(namesOf(mostListed), counts)).toEqual({ labels: counts, left: 0 })
})

describe.each([300, 5000, 10_000])('of %i classes', count => {
  const names = namesOf(count)
  const counts = names.map((_, i) => (i * 7919) % count)

  it('lists the largest and says how many are left', () => {
    const { labels, left } = listedClasses(names, counts)
    const largest = names.map((_, i) => i).sort((a, b) => (counts[b] as number) - (counts[a] as number))
    expect(labels).toEqual(largest.slice(0, mostListed))
    expect(left).toBe(count - mostListed)
  })

  it('finds by a part of a name in any case, and what is called just so first', () => {
    expect(listedClasses(names, counts, ` KIND ${count - 1} `).labels).toContain(count - 1)
    expect(listedClasses(names, counts, 'kind 2', 3).labels[0]).toBe(2)
    expect(listedClasses(names, counts, 'no such')).toEqual({ labels: [], left: 0 })
  })
})
