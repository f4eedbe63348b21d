import http from 'node:http';
import { expect, test } from './support/test';

/** Most bytes of a front page with fifty components and three open incidents and of its style sheet together, compressed. */
const PAGE = 25_000;
/** Most bytes of all that becomes WASM, glue and module together, compressed. */
const ISLANDS = 90_000;

test.use({ platform: 'busy' });

/** Bytes on the wire: what `fetch` gives is unpacked. */
function get(url: string): Promise<{ bytes: number; encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers: { 'accept-encoding': 'br' }, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          resolve({ bytes: body.length, encoding: response.headers['content-encoding'], body });
        });
      })
      .on('error', reject);
  });
}

/** Files are compressed best a moment after the start. */
async function packed(url: string): Promise<number> {
  await expect.poll(async () => (await get(url)).encoding, { timeout: 30_000 }).toBe('br');
  return (await get(url)).bytes;
}

test(`a page with fifty components and three open incidents weighs at most ${PAGE / 1000} kB`, async ({ service }) => {
  const html = await (await fetch(service.origin)).text();
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((found) => found[1]);
  expect(sheets).toHaveLength(1);
  expect(html.match(/class="bars"/g)).toHaveLength(50);
  expect(html.match(/class="card inc /g)).toHaveLength(3);
  const style = await packed(service.origin + sheets[0]);
  const weight = async () => (await packed(service.origin)) + style;
  // What is new goes out compressed quickly; the best form follows when the record has been quiet for a moment.
  await expect.poll(weight, { message: `page and style, ${style} bytes of it style`, timeout: 20_000 }).toBeLessThanOrEqual(PAGE);
});

test('nothing is asked for but what is needed to read, and the islands after it', async ({ page, service }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/\.[0-9a-f]{8,}\./, '.')));
  await page.goto(service.origin, { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
  const needed = ['/', '/assets/load.js', '/assets/main.css'];
  const islands = ['/assets/allclear.js', '/assets/allclear.wasm'];
  const pictures = asked.filter((one) => /\.(svg|png|ico)$/.test(one));
  expect(pictures.length, `an icon at most: ${pictures}`).toBeLessThanOrEqual(1);
  const rest = asked.filter((one) => !pictures.includes(one));
  expect(rest.slice(0, 3).sort()).toEqual(needed);
  expect(rest.slice(3).sort()).toEqual(islands);
});

test(`the islands weigh at most ${ISLANDS / 1000} kB`, async ({ service }) => {
  const html = await (await fetch(service.origin)).text();
  const loader = /<script type="module" src="([^"]+)"/.exec(html)?.[1] ?? '';
  const names = (await (await fetch(service.origin + loader)).text()).match(/\/assets\/[\w.]+/g) ?? [];
  expect(names.map((name) => name.split('.').pop()).sort()).toEqual(['js', 'wasm']);
  const weights = await Promise.all(names.map((name) => packed(service.origin + name)));
  const sum = weights.reduce((all, one) => all + one, await packed(service.origin + loader));
  expect(sum, `${names}: ${weights}`).toBeLessThanOrEqual(ISLANDS);
});
