import { describe, expect, it } from 'vitest'
import { noveltyEvidence, noveltyShort, noveltyText } from '../../../../src/renderer/search/novelty.ts'

const novelty = {
  percentile: 0.993,
  novel: true,
  embedding: { distance: 1, percentile: 0.52 },
  pixels: { distance: 9, percentile: 0.993 },
  shape: { distance: 0.4, percentile: 0.25 },
  references: 5000,
}

describe('novelty in words', () => {
  it('says it is unlike training, and by what', () => {
    expect(noveltyText(novelty)).toBe(
      'Unlike any training image: more unusual than 99.3% of 5,000 held-out images.',
    )
    expect(noveltyEvidence(novelty)).toBe(
      'In the embedding it is farther from every training image than 52.0% of held-out images, in its pixels than 99.3%, ' +
        'in its shape than 25.0%.',
    )
    expect(noveltyShort(novelty)).toBe('Unlike training (99.3%)')
  })

  it('claims no share beyond all of them, and nothing of pixels where there are none', () => {
    expect(noveltyText({ ...novelty, percentile: 1 })).toContain('more unusual than all of 5,000')
    expect(noveltyEvidence({ ...novelty, pixels: null, shape: null })).toMatch(/52\.0% of held-out images\.$/)
    expect(noveltyText({ ...novelty, novel: false, percentile: 0.4 })).toMatch(/^Like the training images/)
  })
})
