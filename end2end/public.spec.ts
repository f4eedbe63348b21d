import { unseenStops } from './support/checks';
import type { Service } from './support/service';
import { explained, oldestMonth, STATES } from './support/states';
import { expect, test } from './support/test';

interface Summary {
  status: { description: string };
  components: { id: string; name: string; group: boolean; status: string; only_show_if_degraded: boolean }[];
  incidents: { id: string; name: string }[];
  scheduled_maintenances: { id: string; name: string }[];
}

function summary(service: Service): Promise<Summary> {
  return service.json<Summary>('/api/v2/summary.json');
}

for (const platform of ['imported', 'demo'] as const) {
  for (const scripts of ['with scripts', 'without scripts'] as const) {
    test.describe(`${platform}, ${scripts}`, () => {
      test.use({ platform });

      test.beforeEach(async ({ page, trouble }) => {
        if (scripts === 'without scripts') await trouble.blockScripts(page);
      });

      test('the skip link comes first and leads past the head', async ({ page, service }) => {
        await page.goto(service.origin);
        await page.keyboard.press('Tab');
        const skip = page.getByRole('link', { name: 'Skip to content' });
        await expect(skip).toBeFocused();
        await expect(skip).toBeInViewport();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        const inMain = await page.evaluate(() => Boolean(document.activeElement?.closest('main')));
        expect(inMain, 'the next stop is in the content').toBe(true);
      });

      test('every stop of the keyboard on the front page can be seen', async ({ page, service }) => {
        await page.goto(service.origin);
        if (scripts === 'with scripts') await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
        const unseen = await unseenStops(page);
        expect(unseen).toEqual([]);
      });

      test('the front page says everything in words', async ({ page, service }) => {
        await page.goto(service.origin);
        const told = await summary(service);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(told.status.description);
        await expect(page).toHaveTitle(new RegExp(`^${told.status.description}`));
        const text = (await page.locator('main').textContent()) ?? '';
        const shown = told.components.filter((one) => !(one.only_show_if_degraded && one.status === 'operational'));
        expect(shown.length).toBeGreaterThan(5);
        for (const { name } of [...shown, ...told.incidents, ...told.scheduled_maintenances]) {
          expect(text, 'the front page').toContain(name);
        }
      });

      test('the printed page has it all, folds open and controls gone', async ({ page, service }) => {
        await page.goto(service.origin);
        await page.emulateMedia({ media: 'print' });
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
        for (const name of await page.locator('.cn').all()) await expect(name).toBeVisible();
        expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
      });
    });
  }

  test.describe(platform, () => {
    test.use({ platform });

    test('a browser that runs no scripts at all shows the same words', async ({ browser, page, service }) => {
      const bare = await browser.newContext({ javaScriptEnabled: false });
      const plain = await bare.newPage();
      for (const address of ['/', await oldestMonth(service), await explained(service)]) {
        await plain.goto(service.origin + address);
        await page.goto(service.origin + address);
        await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
        const words = await plain.locator('main').innerText();
        expect(words.length).toBeGreaterThan(200);
        // With scripts the islands only add: the reader's own times (none here, the browser is in UTC) and that the page refreshes itself.
        // Between the two a minute may end, which both say.
        const said = (text: string) => text.replace(/As of \d\d:\d\d/, 'As of').split('\n');
        const lines = said(await page.locator('main').innerText());
        for (const line of said(words)) {
          expect(lines.some((one) => one.startsWith(line)), `"${line}" with scripts too`).toBe(true);
        }
      }
      await bare.close();
    });

    test('pages carry neither inline styles nor handlers, and load from no other host', async ({ service }) => {
      for (const { address } of STATES.filter((one) => one.platform === platform)) {
        const html = await (await fetch(service.origin + (await address(service)))).text();
        expect(html).not.toMatch(/<[^>]+\sstyle=/);
        expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
        expect(html).not.toMatch(/<(script|img|link rel="(stylesheet|icon)"|iframe)[^>]+(src|href)="(https?:)?\/\//);
      }
    });
  });
}

test('the stored choice of theme holds before the first paint, against the system', async ({ page, service }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(service.origin);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await theme.selectOption('Dark');
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload({ waitUntil: 'commit' });
  await page.locator('h1').waitFor();
  expect(await ground()).toBe(dark);
  await expect(theme).toHaveValue('dark');
  await page.emulateMedia({ colorScheme: 'dark' });
  await theme.selectOption('Light');
  expect(await ground()).toBe(light);
  await theme.selectOption('System');
  expect(await ground()).toBe(dark);
});

test.describe('the choice of language', () => {
  test.use({ platform: 'demo' });

  for (const address of ['/', '/uptime', '/history', '/follow-ups']) {
    test(`keeps a reader on ${address}, by keyboard alone`, async ({ page, service }) => {
      await page.goto(service.origin + address);
      await page.locator('details.langs summary').focus();
      await page.keyboard.press('Enter');
      const german = page.locator('details.langs').getByRole('link', { name: 'Deutsch' });
      await expect(german).toBeVisible();
      for (let stops = 0; stops < 3 && !(await german.evaluate((one) => one === document.activeElement)); stops += 1) {
        await page.keyboard.press('Tab');
      }
      await expect(german).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(`${service.origin}/de${address === '/' ? '' : address}`);
      await expect(page.locator('html')).toHaveAttribute('lang', 'de');
      await expect(page.locator('details.langs [aria-current]')).toHaveText('Deutsch');
    });
  }
});
