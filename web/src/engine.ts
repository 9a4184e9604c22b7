import { addressOf, type Model, type Sampler } from './catalogue'
import { normals, PRIOR_STREAM, streamOfRow } from './philox'
import { flow, noiseOf, alphaBarAt } from './schedule'

interface Input {
  name: string
  values: Float32Array
  shape: number[]
}

export interface Request {
  id: number
  address: string
  inputs: Input[]
  output: string
}

export interface Result {
  values: Float32Array
  /** How long the run took, without loading. */
  milliseconds: number
}

export interface Answer {
  id: number
  result?: Result
  error?: string
}

/** Runs .onnx files in a worker, so that drawing never waits. */
export class Engine {
  readonly #worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>()
  #requests = 0

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      data.result === undefined ? waiting?.reject(new Error(data.error)) : waiting?.resolve(data.result)
    }
    this.#worker.onerror = event => {
      this.#waiting.forEach(({ reject }) => reject(new Error(event.message)))
      this.#waiting.clear()
    }
  }

  /** The points at the start and after every step, [frames, n, 2], from noise [n, 2] and, where the solver draws noise, step noise [n, rows, 2]. */
  sample(sampler: Sampler, noise: Float32Array, stepNoise: Float32Array | null): Promise<Result> {
    const n = noise.length / 2
    const inputs = [{ name: 'noise', values: noise, shape: [n, 2] }]
    if (stepNoise !== null) {
      inputs.push({ name: 'step_noise', values: stepNoise, shape: [n, sampler.rows, 2] })
    }

    return this.#run(sampler.file, inputs, 'trajectory')
  }

  /** The direction of the probability-flow ODE at points [n, 2] in the units of the data, at an index. */
  async field(model: Model, points: Float32Array, index: number): Promise<Float32Array> {
    const inside = points.map((value, i) => (value - model.shift[i % 2]!) / model.scale[i % 2]!)
    const inputs = [
      { name: 'sample', values: inside, shape: [points.length / 2, 2] },
      { name: 'timestep', values: Float32Array.of(Math.max(index, 0)), shape: [1] },
    ]
    const { values } = await this.#run(model.network, inputs, 'out_sample')
    const alphaBar = alphaBarAt(model.alphaBars, Math.max(index, 0))
    return values.map((out, i) => model.scale[i % 2]! * flow(alphaBar, inside[i]!, noiseOf(model.prediction, alphaBar, inside[i]!, out)))
  }

  #run(file: string, inputs: Input[], output: string): Promise<Result> {
    const id = this.#requests++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, address: addressOf(file), inputs, output } satisfies Request)
    })
  }
}

/** The noise that n points start from, [n, 2], as the C# sampler draws it for the same seed. */
export const priorNoise = (seed: number, n: number) => normals(seed, PRIOR_STREAM, 0, 2 * n)

/** The fresh noise of every row, [n, rows, 2]. */
export function rowNoise(seed: number, n: number, rows: number): Float32Array {
  const all = new Float32Array(n * rows * 2)
  for (let row = 0; row < rows; row++) {
    const one = normals(seed, streamOfRow(row), 0, 2 * n)
    for (let i = 0; i < n; i++) {
      all[(i * rows + row) * 2] = one[2 * i]!
      all[(i * rows + row) * 2 + 1] = one[2 * i + 1]!
    }
  }

  return all
}
