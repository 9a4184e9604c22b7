// Noise to rows of a table in Node: node table.mjs FILE.onnx [NOISE.csv] [COLUMN=CELL …], where diffusion compile has written the file,
// with --given for the columns whose cells are asked for.
import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'

const [, , model, ...words] = process.argv
const session = await ort.InferenceSession.create(readFileSync(model)) // as bytes: a file that is opened by name could name others
const { dimension: d, columns } = JSON.parse(readFileSync(model.replace(/\.onnx$/, '.columns.json'), 'utf8'))
const asked = new Map(words.filter(word => word.includes('=')).map(word => word.split('=')))
const file = words.find(word => !word.includes('='))
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
const numbers = file ? readFileSync(file, 'utf8').trim().split(/[\n,]/).map(Number) : Array.from({ length: 10 * d }, normal)
const n = numbers.length / d
const feeds = { noise: new ort.Tensor('float32', Float32Array.from(numbers), [n, d]) }
for (const { name, given, mask, categories } of columns.filter(column => column.given)) {
  const cell = asked.get(name) // a category by its number, which is its place in the list
  const cells = categories ? new BigInt64Array(n).fill(BigInt(Math.max(0, categories.map(String).indexOf(cell)))) : new Float64Array(n).fill(cell)
  feeds[given] = new ort.Tensor(categories ? 'int64' : 'float64', cells, [n])
  feeds[mask] = new ort.Tensor('bool', new Uint8Array(n).fill(cell === undefined ? 0 : 1), [n])
}

const outputs = await session.run(feeds)
for (let i = 0; i < n; i++) console.log(JSON.stringify(Object.fromEntries(columns.map(({ name, output }) => [name, outputs[output].data[i]]))))
