import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type State, STATES } from './support/states';
import { expect, test } from './support/test';

const FOLDER = path.resolve(import.meta.dirname, '../docs/screenshots');
/** Longer pages are cut off: what follows is more of the same. */
const TALLEST = 3000;
const QUALITY = 60;

/** A way to look at a page. */
interface Look {
  name: string;
  width: number;
  colorScheme?: 'dark';
  language?: string;
  print?: true;
}

const EVERY: Look[] = [{ name: 'wide', width: 1000 }, { name: 'phone', width: 360 }];
/** States of which all of these are taken too. */
const MORE: Look[] = [
  { name: 'dark', width: 1000, colorScheme: 'dark' },
  { name: 'phone-ar', width: 360, language: 'ar' },
  { name: 'de', width: 1000, language: 'de' },
];
const PRINT: Look = { name: 'print', width: 760, print: true };
const PRINTED = ['incidents', 'post-mortem'];

function looks(state: State): Look[] {
  return [...EVERY, ...(state.translated ? MORE : []), ...(PRINTED.includes(state.name) ? [PRINT] : [])];
}

const file = (state: State, look: Look) => `${state.name}-${look.name}.webp`;

test('the index is written, and what was taken before is gone', () => {
  mkdirSync(FOLDER, { recursive: true });
  for (const old of readdirSync(FOLDER).filter((name) => name.endsWith('.webp'))) rmSync(path.join(FOLDER, old));
  writeFileSync(path.join(FOLDER, 'README.md'), index());
});

for (const state of STATES) {
  test.describe(state.name, () => {
    test.use({ platform: state.platform });

    test('is taken in every look', async ({ page, service, trouble }) => {
      if (state.status || state.first) trouble.allow(/status of 4\d\d/);
      const address = await state.address(service);
      for (const look of looks(state)) {
        await page.setViewportSize({ width: look.width, height: 800 });
        await page.emulateMedia({ colorScheme: look.colorScheme ?? 'light', media: look.print ? 'print' : 'screen' });
        await page.goto(`${service.origin}${look.language ? `/${look.language}` : ''}${address}`);
        await state.first?.(page);
        if (!state.still) await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
        writeFileSync(path.join(FOLDER, file(state, look)), await taken(page, look.width));
      }
    });
  });
}

/** A picture of the whole page, in a format that is small. */
async function taken(page: Page, width: number): Promise<Buffer> {
  const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
  const browser = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, captureBeyondViewport: true, clip });
  await browser.detach();
  return Buffer.from(data, 'base64');
}

/** A page that shows them all. */
function index(): string {
  const parts = STATES.map((state) => {
    const pictures = looks(state).map((look) => `[${look.name}](${file(state, look)})`);
    return `## ${state.name}\n\n${pictures.join(' · ')}\n\n![${state.name}](${file(state, looks(state)[0]!)})\n`;
  });
  return `# The public page in every state\n\nMade by \`make screenshots\`. Each picture is a whole page, cut off after ${TALLEST} px.\n\n${parts.join('\n')}`;
}
