// Takes the picture of the page that the README shows: node scripts/screenshot.mjs FILE.png, after npm run build.
import { chromium } from 'playwright-core'
import { preview } from 'vite'

const server = await preview({ preview: { port: 0 } })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
const page = await browser.newPage({ viewport: { width: 1080, height: 800 } })
await page.goto(`${server.resolvedUrls.local[0]}#model=radial_gmm&solver=ddim&steps=50&points=2000`)
await page.waitForSelector('body[data-run]')
await page.getByLabel('Vector field of the ODE').check()
await page.locator('#time').fill('0.62')
const canvas = await page.locator('#canvas').boundingBox()
await page.mouse.click(canvas.x + 0.66 * canvas.width, canvas.y + 0.34 * canvas.height)
await page.waitForTimeout(1000)
await page.screenshot({ path: process.argv[2] })
await browser.close()
await server.close()
