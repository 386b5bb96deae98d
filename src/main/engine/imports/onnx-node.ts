import type { Constant } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'
import type { OnnxNode } from './onnx-file.ts'

/** A node with what it says of itself, read as its operator wants it. */
export class NodeReader {
  readonly node: OnnxNode
  readonly opset: number
  readonly #constants: ReadonlyMap<string, Constant>

  constructor(node: OnnxNode, opset: number, constants: ReadonlyMap<string, Constant>) {
    this.node = node
    this.opset = opset
    this.#constants = constants
  }

  number(name: string, otherwise: number): number {
    const value = this.node.attributes.get(name) ?? otherwise
    if (typeof value !== 'number') throw new ImportFault(`has no number as "${name}".`)
    return value
  }

  text(name: string, otherwise: string): string {
    const value = this.node.attributes.get(name) ?? otherwise
    if (typeof value !== 'string') throw new ImportFault(`has no text as "${name}".`)
    return value
  }

  numbers(name: string): readonly number[] | undefined {
    const value = this.node.attributes.get(name)
    if (value === undefined) return undefined
    if (Array.isArray(value)) return value as readonly number[]
    throw new ImportFault(`has no list as "${name}".`)
  }

  /** Rows and columns. */
  pair(name: string, otherwise?: readonly [number, number]): readonly [number, number] {
    const [rows, columns, more] = this.numbers(name) ?? otherwise ?? []
    if (rows === undefined || columns === undefined || more !== undefined)
      throw new ImportFault(`has "${name}" of another kind than rows and columns.`)
    return [rows, columns]
  }

  /** An input that the file itself gives; undefined where it is left out. */
  constant(index: number): Constant | undefined {
    const name = this.node.inputs[index]
    if (name === undefined || name === '') return undefined
    const known = this.#constants.get(name)
    if (known === undefined)
      throw new ImportFault(`computes its input ${index + 1}, which has to be in the file.`)
    return known
  }

  weights(index: number): Constant {
    const known = this.constant(index)
    if (known === undefined) throw new ImportFault(`lacks its input ${index + 1}.`)
    return known
  }

  /** Whole numbers that were an attribute in older versions and are an input now. */
  list(name: string, index: number): readonly number[] | undefined {
    const known = this.constant(index)
    return known === undefined ? this.numbers(name) : [...known.values]
  }

  /** A number that was an attribute and is an input now. */
  single(name: string, index: number, otherwise: number): number {
    return this.constant(index)?.values[0] ?? this.number(name, otherwise)
  }

  /** Refuses what is known and not done here. */
  must(name: string, value: number | string): void {
    if ((this.node.attributes.get(name) ?? value) !== value)
      throw new ImportFault(`has "${name}" other than ${value}, which cannot be computed here.`)
  }
}
