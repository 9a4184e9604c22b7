import { addressOf, type Model, type Sampler } from './catalogue'
import { inputsOf, rowNoise } from './noise'
import { flow, noiseOf, alphaBarAt } from './schedule'

export interface Input {
  name: string
  values: Float32Array
  shape: number[]
}

/** Points to start from, drawn where they are needed: there may be millions of numbers. */
export interface Draw {
  seed: number
  count: number
  /** The rows that take fresh noise, or 0. */
  rows: number
}

export interface Request {
  id: number
  address: string
  inputs: Input[] | Draw
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

  /** The points of a seed at the start and after every step, [frames, n, 2]. */
  draw(sampler: Sampler, seed: number, count: number): Promise<Result> {
    return this.#run(sampler.file, { seed, count, rows: sampler.stochastic ? sampler.rows : 0 }, 'trajectory')
  }

  /** The way of one point from a noise of its own, [frames, 1, 2]; the fresh noise of the rows is that of its place in the set. */
  follow(sampler: Sampler, noise: Float32Array, seed: number, index: number): Promise<Result> {
    return this.#run(sampler.file, inputsOf(noise, sampler.stochastic ? rowNoise(seed, index, 1, sampler.rows) : null, sampler.rows), 'trajectory')
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

  #run(file: string, inputs: Input[] | Draw, output: string): Promise<Result> {
    const id = this.#requests++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, address: addressOf(file), inputs, output } satisfies Request)
    })
  }
}
