// The built page in a real browser: its points are those of the C# sampler, and all that can be done with it can be done.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, beforeEach, test } from 'node:test'
import { chromium } from 'playwright-core'
import { program } from '../scripts/diffusion.mjs'
import { serve } from './server.mjs'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const TOLERANCE = 1e-4
const web = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'diffusion-web-'))
let server, browser, page
let complaints = []

before(async () => {
  server = await serve(join(web, 'dist'))
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
})

after(async () => {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  await page?.context().close()
  page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage()
  complaints = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(String(error)))
})

for (const [model, solver, steps, seed] of [['moons', 'ddim', 20, 3], ['circles', 'ddpm', 100, 7], ['2gmm', 'heun', 30, 11], ['radial_gmm', 'dpm++3m', 20, 2 ** 40 + 5]]) {
  test(`${solver} of ${model} gives the points of the C# sampler for the same seed`, async () => {
    await open({ model, solver, steps, seed, points: 500 })
    const found = (await saved('Points')).toString().trim().split('\n').flatMap(line => line.split(',').map(Number))
    const source = join(web, '..', 'models', `${model}.onnx`)
    const expected = diffusion('sample', source, '--solver', solver, '--steps', steps, '--seed', seed, '-n', 500).trim().split('\n').flatMap(line => line.split(',').map(Number))
    assert.equal(found.length, 1000)
    const scale = Math.sqrt(expected.reduce((sum, value) => sum + value ** 2, 0) / expected.length)
    const largest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0)
    assert.ok(largest <= TOLERANCE * scale, `the largest difference is ${largest} of ${scale}`)
    assert.deepEqual(complaints, [])
  })
}

test('it plays from noise to data, and can be scrubbed', async () => {
  await open({ model: 'moons', solver: 'ddim', steps: 20 })
  const first = await picture()
  await page.getByRole('button', { name: 'Play' }).click()
  await page.waitForFunction(() => document.querySelector('#time').valueAsNumber === 1)
  assert.notDeepEqual(await picture(), first)
  assert.equal(await page.locator('#play').textContent(), 'Play')
  await page.locator('#time').fill('0')
  assert.deepEqual(await picture(), first)
  assert.match(await page.locator('#canvas').getAttribute('aria-label'), /t = 1000 {3}ᾱ = 4e−5/)
  assert.deepEqual(complaints, [])
})

test('a point is followed, and its noise moved by the mouse and by keys', async () => {
  await open({ model: 'moons', solver: 'ddim', steps: 20 })
  const plain = await picture()
  const canvas = page.locator('#canvas')
  await canvas.focus()
  await page.keyboard.press('n')
  const followed = await changed(plain)
  await page.keyboard.press('ArrowRight')
  const nudged = await changed(followed)

  // The ring lies where the noise of point 0 was nudged to; the page shows 2.7 deviations on each side.
  const [x, y] = firstNoise()
  const box = await canvas.boundingBox()
  const at = (u, v) => [box.x + (1 + u / 2.7) * box.width / 2, box.y + (1 - v / 2.7) * box.height / 2]
  await page.mouse.move(...at(x + 0.1, y))
  await page.mouse.down()
  await page.mouse.move(...at(-1.5, -1.5), { steps: 4 })
  await page.mouse.up()
  await changed(nudged)
  await page.keyboard.press('Escape')
  await page.waitForFunction(was => document.querySelector('#canvas').toDataURL() === was, plain)
  assert.deepEqual(complaints, [])
})

test('the vector field is shown', async () => {
  await open({ model: 'circles', solver: 'ddim', steps: 10 })
  const plain = await picture()
  await page.getByLabel('Vector field of the ODE').check()
  await changed(plain)
  await page.getByLabel('Vector field of the ODE').uncheck()
  await page.waitForFunction(was => document.querySelector('#canvas').toDataURL() === was, plain)
  assert.deepEqual(complaints, [])
})

test('pictures and animations are saved', async () => {
  await open({ model: 'radial_gmm', solver: 'dpm++3m', steps: 10 })
  const png = await saved('PNG')
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [960, 960])
  const gif = await saved('GIF')
  assert.equal(gif.subarray(0, 6).toString(), 'GIF89a')
  assert.deepEqual([gif.readUInt16LE(6), gif.readUInt16LE(8), gif.at(-1)], [480, 480, 0x3b])
  assert.ok(gif.includes('NETSCAPE2.0'), 'it loops')
  assert.deepEqual(complaints, [])
})

test('everything is reached by the keyboard alone', async () => {
  await open({ model: 'moons', solver: 'ddim', steps: 20 })
  const reached = []
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.name))
  }

  for (const id of ['canvas', 'play', 'time', 'model', 'solver', 'steps', 'count', 'seed', 'again', 'angle', 'trails', 'field', 'save-gif', 'save-png', 'save-csv']) {
    assert.ok(reached.includes(id), id)
  }
})

test('a choice is kept in the address, and nonsense in it is ignored', async () => {
  await open({ model: 'nonsense', solver: 'none', steps: 'x', points: -1, seed: 'y' })
  assert.match(page.url(), /#model=moons&solver=ddim&steps=50&points=1000&seed=0$/)
  await page.getByLabel('circles').check()
  await page.waitForFunction(() => document.body.dataset.run?.includes('model=circles'))
  assert.match(page.url(), /#model=circles/)
  await page.getByLabel('Seed').fill('-3')
  await page.getByLabel('Seed').blur()
  await page.waitForFunction(() => document.querySelector('#seed').value === '0')
})

test('a narrow screen needs no scrolling to the side', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open({ model: 'moons', solver: 'ddim', steps: 20 })
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
})

test('a missing list of models is said to be missing', async () => {
  await page.route('**/manifest.json', route => route.fulfill({ status: 404 }))
  await page.goto(server.address)
  await page.waitForFunction(() => document.querySelector('#status').textContent.includes('could not be loaded (404)'))
})

async function open(choice) {
  await page.goto(`${server.address}#${new URLSearchParams(Object.entries(choice))}`)
  await page.waitForSelector('body[data-run]')
  await page.waitForFunction(() => document.querySelector('#canvas').ariaLabel !== null)
}

const picture = () => page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.querySelector('#canvas').toDataURL())))))

/** Waits until the picture is another one. */
async function changed(was) {
  await page.waitForFunction(old => document.querySelector('#canvas').toDataURL() !== old, was)
  return await picture()
}

/** What a button saves. */
async function saved(name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()])
  return readFileSync(await download.path())
}

/** The noise of point 0 for seed 0, as the C# sampler draws it. */
function firstNoise() {
  const file = join(folder, 'trajectory.npy')
  diffusion('sample', join(web, '..', 'models', 'moons.onnx'), '-n', 1, '--steps', 2, '--trajectory', file)
  const bytes = readFileSync(file)
  const start = 10 + bytes.readUInt16LE(8)
  return [bytes.readFloatLE(start), bytes.readFloatLE(start + 4)]
}

function diffusion(...words) {
  return execFileSync('dotnet', [program(), ...words.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
