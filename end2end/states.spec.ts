import type { Page } from '@playwright/test';
import { accessibleIn, fitsNarrowScreen, HALF, type Look, NARROW, orderedHeadings, unseenStops, WIDE } from './support/checks';
import { type State, STATES } from './support/states';
import type { Service } from './support/service';
import { expect, test, type Trouble } from './support/test';

/** Opens a state and waits until everything that belongs to it has come. */
async function open(page: Page, service: Service, trouble: Trouble, state: State, language = ''): Promise<void> {
  const address = service.origin + language + (await state.address(service));
  if (state.status) trouble.allow(new RegExp(`status of ${state.status} .* at ${address.replace(/[.?]/g, '\\$&')}$`));
  const response = await page.goto(address);
  expect(response?.status()).toBe(state.status ?? 200);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toMatch(/(?<!wasm-)unsafe-eval/);
  if (!state.first) return;
  trouble.allow(/status of 422/);
  await state.first(page);
}

async function atWork(page: Page, state: State): Promise<void> {
  if (!state.still) await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
}

/** What is folded away is checked too, but for hundreds of the same, and for the menu that lies over what it covers while it is open. */
async function unfold(page: Page, state: State): Promise<void> {
  if (state.platform === 'large') return;
  await page.locator('details:not(.langs)').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
}

/** A page with everything unfolded is looked at several times: on a busy machine that takes most of a minute. */
const LONG_MS = 180_000;

/** A look takes seconds: together the two lists hold the wide and the narrow page in both themes, and what lies between in one. */
const WITH_SCRIPTS = [[WIDE, 'light'], [WIDE, 'dark'], [HALF, 'light'], [NARROW, 'dark']] satisfies Look[];
const WITHOUT_SCRIPTS = [[NARROW, 'light'], [WIDE, 'dark']] satisfies Look[];

for (const state of STATES) {
  test.describe(state.name, () => {
    test.describe.configure({ timeout: LONG_MS });
    test.use({ platform: state.platform });

    test('is sound and usable by all', async ({ page, trouble, service }) => {
      await open(page, service, trouble, state);
      await atWork(page, state);
      if (state.platform !== 'large') expect(await unseenStops(page), 'stops of the keyboard').toEqual([]);
      await unfold(page, state);
      await orderedHeadings(page);
      await fitsNarrowScreen(page);
      await accessibleIn(page, WITH_SCRIPTS);
    });

    test('is so without scripts', async ({ page, trouble, service }) => {
      await trouble.blockScripts(page);
      await open(page, service, trouble, state);
      await unfold(page, state);
      await orderedHeadings(page);
      await fitsNarrowScreen(page);
      await accessibleIn(page, WITHOUT_SCRIPTS);
    });

    if (state.translated) {
      for (const [language, direction] of [['de', 'ltr'], ['ar', 'rtl']] as const) {
        test(`is so in ${language}`, async ({ page, trouble, service }) => {
          await open(page, service, trouble, state, `/${language}`);
          await atWork(page, state);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          await expect(page.locator('html')).toHaveAttribute('dir', direction);
          await unfold(page, state);
          await orderedHeadings(page);
          await fitsNarrowScreen(page);
          await accessibleIn(page, [[NARROW, 'dark']]);
        });
      }
    }

    test('is whole without its style and without WASM', async ({ page, trouble, service }) => {
      await open(page, service, trouble, state);
      const words = await wordsOf(page);
      await page.route(/\.(css|wasm)$/, (route) => route.abort());
      trouble.allow(/\.(css|wasm)$/);
      await open(page, service, trouble, state);
      expect(await wordsOf(page)).toEqual(words);
      const drawn = await page.locator('svg').evaluateAll((all) => Math.max(0, ...all.map((one) => one.getBoundingClientRect().height)));
      expect(drawn, 'height of the largest drawing without a style').toBeLessThan(160);
    });
  });
}

/** Every word of the page, in order, without what only time changes. */
async function wordsOf(page: Page): Promise<string[]> {
  const text = await page.locator('body').evaluate((body) => {
    const copy = body.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('script, time, leptos-island').forEach((one) => one.remove());
    return copy.textContent ?? '';
  });
  return text.split(/\s+/);
}
