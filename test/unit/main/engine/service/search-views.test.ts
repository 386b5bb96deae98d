import { beforeAll, describe, expect, test } from 'vitest'
import { SearchViews } from '../../../../../src/main/engine/service/search-views.ts'
import { useBackend } from '../../../../support/backends.ts'

beforeAll(() => useBackend('cpu'))

const part = {
  origin: 'test' as const,
  embedding: { values: new Float32Array(20), count: 10, size: 2 },
  labels: Uint16Array.from({ length: 10 }, (_, i) => i),
}
const open = (views: SearchViews, ...classes: number[]) =>
  views.of({ kind: 'test' }, [part], classes.length === 0 ? undefined : Uint16Array.from(classes), 'often')

describe('SearchViews', () => {
  test('keeps a choice until the points change, whatever order its classes are named in', () => {
    const views = new SearchViews()
    const first = open(views, 3, 1)
    expect(open(views, 1, 3)).toBe(first)
    expect(first.points.embedding.count).toBe(2)
    views.forget()
    expect(open(views, 1, 3)).not.toBe(first)
  })

  test('keeps the last eight, and frees the one that was asked for longest ago', () => {
    const views = new SearchViews()
    const all = Array.from({ length: 8 }, (_, label) => open(views, label))
    expect(open(views, 0)).toBe(all[0])
    open(views)
    expect(open(views, 0)).toBe(all[0])
    expect(open(views, 2)).toBe(all[2])
    expect(open(views, 1)).not.toBe(all[1])
  })

  test('of points that are other ones by now is made anew', () => {
    const views = new SearchViews()
    const first = open(views)
    const moved = { ...part, embedding: { ...part.embedding } }
    const second = views.of({ kind: 'test' }, [moved], undefined, 'often')
    expect(second).not.toBe(first)
    expect(second.points.embedding).toBe(moved.embedding)
  })

  test('of a gallery of pictures forgets that one alone', () => {
    const views = new SearchViews()
    const of = (gallery: string) => views.of({ kind: 'pictures', gallery }, [part], undefined, 'once')
    const [a, b] = [of('a'), of('b')]
    views.forget('a')
    expect(of('a')).not.toBe(a)
    expect(of('b')).toBe(b)
  })
})
