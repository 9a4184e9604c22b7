/** Philox4x32-10 (Salmon et al. 2011) and Box–Muller, so that a seed means the same points here as in the C# sampler. */

const ROUNDS = 10
const WORDS_PER_BLOCK = 4
const BLOCKS_PER_GROUP = 8
const NUMBERS_PER_GROUP = WORDS_PER_BLOCK * BLOCKS_PER_GROUP

const TWO_PI_OVER_TWO_TO_32 = Math.fround((2 * Math.PI) / 2 ** 32)

/** The counter word that keeps sampling apart from all other uses of a seed. */
const SAMPLING = 0

/** The streams of a seed: the prior, and the fresh noise of each row. */
export const PRIOR_STREAM = 0
export const streamOfRow = (row: number) => PRIOR_STREAM + 1 + row

/** The four words of a block: a pure function of a 128-bit counter and a 64-bit key. */
export function philox(counter: readonly [number, number, number, number], key: readonly [number, number]): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(c0, 0xd2511f53)
    const low0 = Math.imul(c0, 0xd2511f53)
    const high1 = multiplyHigh(c2, 0xcd9e8d57)
    const low1 = Math.imul(c2, 0xcd9e8d57)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + 0x9e3779b9) >>> 0
    k1 = (k1 + 0xbb67ae85) >>> 0
  }

  return [c0, c1, c2, c3]
}

/**
 * Numbers first, first + 1, … of a stream of standard normals. Number e comes from word ⌊e mod 32 / 8⌋ of the block
 * 8⌊e/32⌋ + e mod 8; words 0 and 1 of a block make a pair of numbers, words 2 and 3 another.
 */
export function normals(seed: number, stream: number, first: number, count: number): Float32Array {
  const result = new Float32Array(count)
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const
  for (let block = Math.floor(first / NUMBERS_PER_GROUP) * BLOCKS_PER_GROUP; ; block++) {
    const start = Math.floor(block / BLOCKS_PER_GROUP) * NUMBERS_PER_GROUP + (block % BLOCKS_PER_GROUP) - first
    if (start >= count && block % BLOCKS_PER_GROUP === 0) {
      return result
    }

    const words = philox([block >>> 0, Math.floor(block / 2 ** 32), stream, SAMPLING], key)
    for (let pair = 0; pair < WORDS_PER_BLOCK; pair += 2) {
      // In float32 as in C#: near 1 the rounding of u is all there is of a small radius.
      const u = Math.fround(Math.fround(words[pair]!) + 0.5) / 2 ** 32
      const radius = Math.sqrt(-2 * Math.log(u))
      const angle = Math.fround(Math.fround(words[pair + 1]!) * TWO_PI_OVER_TWO_TO_32)
      put(start + pair * BLOCKS_PER_GROUP, radius * Math.cos(angle))
      put(start + (pair + 1) * BLOCKS_PER_GROUP, radius * Math.sin(angle))
    }
  }

  function put(place: number, value: number) {
    if (place >= 0 && place < count) {
      result[place] = value
    }
  }
}

/** The high 32 bits of the product of two 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const carried = aLow * bHigh + (middle % 0x10000)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carried / 0x10000)) >>> 0
}
