import http from 'node:http';
import { expect, test } from './support/test';

/** Most bytes of the demo's front page and its style sheet together, compressed. */
const PAGE = 25_000;
/** Most bytes of all that becomes WASM, glue and module together, compressed. */
const ISLANDS = 90_000;

test.use({ platform: 'demo' });

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

test(`the demo's front page and its style sheet weigh at most ${PAGE / 1000} kB`, async ({ service }) => {
  const html = await (await fetch(service.origin)).text();
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((found) => found[1]);
  expect(sheets).toHaveLength(1);
  const page = await packed(service.origin);
  const style = await packed(service.origin + sheets[0]);
  expect(page + style, `${page} bytes of page, ${style} of style`).toBeLessThanOrEqual(PAGE);
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
