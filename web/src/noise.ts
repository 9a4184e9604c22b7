import type { Input } from './engine'
import { normals, PRIOR_STREAM, streamOfRow } from './philox'

/** The noise that points first … first + n − 1 start from, [n, 2], as the C# sampler draws it for the same seed. */
export const priorNoise = (seed: number, first: number, n: number) => normals(seed, PRIOR_STREAM, 2 * first, 2 * n)

/** Their fresh noise of every row, [n, rows, 2]. */
export function rowNoise(seed: number, first: number, n: number, rows: number): Float32Array {
  const all = new Float32Array(n * rows * 2)
  for (let row = 0; row < rows; row++) {
    const one = normals(seed, streamOfRow(row), 2 * first, 2 * n)
    for (let i = 0; i < n; i++) {
      all[(i * rows + row) * 2] = one[2 * i]!
      all[(i * rows + row) * 2 + 1] = one[2 * i + 1]!
    }
  }

  return all
}

/** The inputs of a compiled sampler: the noise, and the fresh noise of the rows where its solver draws any. */
export function inputsOf(noise: Float32Array, ofRows: Float32Array | null, rows: number): Input[] {
  const n = noise.length / 2
  const inputs = [{ name: 'noise', values: noise, shape: [n, 2] }]
  return ofRows === null ? inputs : [...inputs, { name: 'step_noise', values: ofRows, shape: [n, rows, 2] }]
}
