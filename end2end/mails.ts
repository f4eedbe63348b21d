import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';

/** Every kind of mail as the tests hold it. */
const MAILS = path.resolve(import.meta.dirname, '../server/tests/it/mails/snapshots');
const FOLDER = path.resolve(import.meta.dirname, '../target/mails');
/** Pictures in a row of an overview, which is as wide as a screen that shows them all. */
const COLUMNS = 4;
const NARROW = 360;

/** The ways in which mails are read. */
const LOOKS = [
  { name: 'wide', width: 720, colorScheme: 'light' },
  { name: 'dark', width: 720, colorScheme: 'dark' },
  { name: 'phone', width: NARROW, colorScheme: 'light' },
] as const;

const names = readdirSync(MAILS).filter((file) => file.endsWith('.html')).map((file) => file.slice(0, -'.html'.length)).sort();

test('every kind of mail is taken in every look, and laid out side by side', async ({ page }) => {
  test.setTimeout(300_000);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    const pictures: string[] = [];
    for (const name of names) {
      await page.setViewportSize({ width: look.width, height: 400 });
      await page.setContent(readFileSync(path.join(MAILS, `${name}.html`), 'utf8'));
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(sideways, `${name} fits into ${look.width} px`).toBeLessThanOrEqual(0);
      const picture = await page.screenshot({ fullPage: true, path: path.join(FOLDER, `${name}-${look.name}.png`) });
      pictures.push(`<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`);
    }
    expect(asked, 'a mail asks nobody for anything').toEqual([]);
    const style = `body{margin:8px;columns:${COLUMNS};font:12px sans-serif;background:#888}figure{margin:0 0 12px;break-inside:avoid}img{width:100%}`;
    const overview = `<!DOCTYPE html><meta charset="utf-8"><title>Mails, ${look.name}</title><style>${style}</style>${pictures.join('')}`;
    writeFileSync(path.join(FOLDER, `all-${look.name}.html`), overview);
    await page.setViewportSize({ width: COLUMNS * NARROW, height: 800 });
    await page.setContent(overview);
    await page.screenshot({ fullPage: true, path: path.join(FOLDER, `all-${look.name}.png`) });
    asked.length = 0;
  }
});
