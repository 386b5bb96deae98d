import { describe, expect, it } from 'vitest'
import {
  amend,
  emptyHistory,
  entryAt,
  type History,
  move,
  moveTo,
  remember,
} from '../../../../src/renderer/search/history.ts'

const limits = { entries: 3, bytes: 100, bytesOf: (entry: string) => entry.length }
const of = (...entries: string[]) =>
  entries.reduce<History<string>>((history, entry) => remember(history, entry, limits), emptyHistory)

describe('history of queries', () => {
  it('goes back and forward, and no farther than its ends', () => {
    const back = moveTo(of('a', 'b'), 0)
    expect(entryAt(back, 0)).toBe('a')
    expect(moveTo(back, -1)).toBe(back)
    expect(moveTo(back, 2)).toBe(back)
    expect(entryAt(moveTo(back, 1), 0)).toBe('b')
    expect(entryAt(of('a'), 1)).toBeUndefined()
    expect(entryAt(emptyHistory, 0)).toBeUndefined()
  })

  it('forgets what lay ahead when something else is asked', () => {
    const history = remember(moveTo(of('a', 'b', 'c'), 1), 'd', limits)
    expect(history).toEqual({ entries: ['a', 'b', 'd'], at: 2 })
  })

  it('goes a step', () => {
    expect(move(of('a', 'b'), -1).at).toBe(0)
    expect(move(of('a', 'b'), 1).at).toBe(1)
  })

  it('changes the entry one is at, and no other', () => {
    expect(amend(moveTo(of('a', 'b', 'c'), 1), 'd')).toEqual({ entries: ['a', 'd', 'c'], at: 1 })
  })

  it('keeps so many entries', () => {
    expect(of('a', 'b', 'c', 'd')).toEqual({ entries: ['b', 'c', 'd'], at: 2 })
  })

  it('keeps so many bytes, but the newest whatever its size', () => {
    expect(of('a'.repeat(60), 'b'.repeat(60)).entries).toEqual(['b'.repeat(60)])
    expect(of('a', 'b'.repeat(500)).entries).toEqual(['b'.repeat(500)])
  })
})
