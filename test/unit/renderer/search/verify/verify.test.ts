import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { createFolders } from '../../../../../src/renderer/search/gallery/folders-state.ts'
import { createVerify } from '../../../../../src/renderer/search/verify/verify-state.ts'
import {
  matchesAsCsv,
  matchesOf,
  ratesText,
  verifiedText,
} from '../../../../../src/renderer/search/verify/verify-words.ts'
import { settle, trainedEngine } from '../engines.ts'

const file = (path: string, length: number) => ({ path, file: new File([new Uint8Array(length)], path) })

async function newVerify() {
  const { engine } = await trainedEngine()
  return effectScope(true).run(() => ({
    engine,
    folders: createFolders(engine),
    verify: createVerify(engine),
  }))!
}

describe('two folders', () => {
  it('are compared as soon as both are there: the best of each, or every pair', async () => {
    const { folders, verify } = await newVerify()
    const a = await folders.bring({ name: 'a', files: [file('1.png', 41), file('2.png', 42)] })
    const b = await folders.bring({
      name: 'b',
      files: [file('1.png', 41), file('3.png', 53), file('4.png', 64)],
    })
    expect(verify.next()).toBe(0)
    verify.put(0, a)
    expect(verify.next()).toBe(1)
    await settle()
    expect(verify.verified.value).toBeNull()
    verify.put(1, b)
    await settle()
    expect(verify.verified.value?.distances).toHaveLength(2)
    const [best] = matchesOf(verify.verified.value!, [a!.names, b!.names])
    expect(best).toMatchObject({ first: '1.png', second: '1.png', distance: 0 })
    verify.pairs.value = 'all'
    await settle()
    expect(verify.verified.value?.distances).toHaveLength(6)
    verify.put(1, null)
    await settle()
    expect(verify.verified.value).toBeNull()
  })

  it('are put away when another training gives other distances', async () => {
    const { engine, folders, verify } = await newVerify()
    verify.put(0, await folders.bring({ name: 'a', files: [file('1.png', 41)] }))
    engine.points.value = { ...engine.points.value!, training: 99 }
    await settle()
    expect(verify.sides.value).toEqual([null, null])
  })
})

describe('the words of a verification', () => {
  const verified = {
    first: Int32Array.of(0, 1),
    second: Int32Array.of(1, 0),
    distances: Float64Array.of(0.1, 0.3),
    same: Float64Array.of(0.9, Number.NaN),
    similar: new Uint8Array(2),
    rates: null,
  }

  it('count what lies within the threshold', () => {
    expect(verifiedText(verified, 0.3, 'all')).toBe('2 of 2 pairs are similar (100.0%).')
    expect(verifiedText(verified, 0.2, 'best')).toBe('1 of 2 pictures of A have a similar one in B (50.0%).')
  })

  it('say how often the threshold errs', () => {
    const rates = {
      threshold: 0.2,
      falseAccept: 0.031,
      falseReject: null,
      similarPairs: 20,
      dissimilarPairs: 1980,
    }
    expect(ratesText(rates)).toBe(
      'At this threshold the run takes 3.1% of dissimilar pairs for similar (false accept) and – of similar ones for ' +
        'dissimilar (false reject), of 2,000 held-out pairs.',
    )
  })

  it('are a table that reads back, whatever the names', () => {
    const names = [
      ['a,"b".png', '=1+1.png'],
      ['c\nd.png', 'e.png'],
    ] as const
    const rows = parse(matchesAsCsv(matchesOf(verified, names), 0.2), { columns: true })
    expect(rows).toEqual([
      {
        first: 'a,"b".png',
        second: 'e.png',
        distance: '0.1',
        probability_same: '0.9',
        threshold: '0.2',
        verdict: 'similar',
      },
      {
        first: '=1+1.png',
        second: 'c\nd.png',
        distance: '0.3',
        probability_same: '',
        threshold: '0.2',
        verdict: 'dissimilar',
      },
    ])
  })
})
