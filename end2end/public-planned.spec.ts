import { revised, TITLE, work } from './support/states';
import { expect, test } from './support/test';

test.use({ platform: 'demo' });

for (const scripts of ['with scripts', 'without scripts'] as const) {
  test.describe(scripts, () => {
    test.beforeEach(async ({ page, trouble }) => {
      if (scripts === 'without scripts') await trouble.blockScripts(page);
    });

    test('the contents of a post-mortem lead to its parts, by keyboard', async ({ page, service }) => {
      await page.goto(service.origin + (await revised(service)));
      const contents = page.getByRole('navigation', { name: 'Contents' });
      const links = await contents.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      expect(links).toEqual(
        ['summary', 'impact', 'causes', 'actions-taken', 'near-term', 'long-term', 'stay-informed', 'follow-ups'].map((part) => `#${part}`),
      );
      for (const link of links) {
        await contents.locator(`a[href="${link}"]`).focus();
        await page.keyboard.press('Enter');
        await expect(page.locator(link).getByRole('heading', { level: 2 })).toBeInViewport();
      }
    });
  });
}

test('a post-mortem tells what happened, what follows, and what it said before', async ({ page, service }) => {
  await page.goto(`${service.origin}/post-mortems`);
  await page.getByRole('link', { name: TITLE }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLE);
  const fact = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) }).getByRole('cell');
  await expect(fact('Duration')).toHaveText('5 h 41 min in 2 incidents');
  await expect(fact('Data loss')).toHaveText('No data was lost');
  await expect(page.getByText(/^NOTE: We will schedule downtime/)).toBeVisible();
  const items = page.locator('#follow-ups .act');
  await expect(items).toHaveCount(13);
  for (const [state, number] of [['Done', 5], ['Under way', 2], ['Planned', 6]] as const) {
    await expect(items.locator('.st', { hasText: state })).toHaveCount(number);
  }
  await expect(page.locator('.covers').getByRole('link')).toHaveCount(3);
  await page.locator('#revisions').getByRole('link').last().click();
  await expect(page.getByText(/^This is what the post-mortem said until/)).toBeVisible();
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
  await page.getByRole('link', { name: 'Read what it says now' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLE);
});

test('an incident shows the summary of its post-mortem and leads to all of it', async ({ page, service }) => {
  await page.goto(service.origin + (await revised(service)));
  await page.locator('.covers').getByRole('link').first().click();
  await expect(page.locator('#postmortem')).toContainText(TITLE);
  await page.getByRole('link', { name: 'Read the whole post-mortem' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLE);
});

test('a link to one follow-up leads to it, with its past', async ({ page, service }) => {
  await page.goto(`${service.origin}/follow-ups`);
  const late = page.locator('.act', { has: page.locator('.overdue') });
  await expect(late).toHaveCount(1);
  const id = await late.getAttribute('id');
  await page.goto(`${service.origin}/follow-ups#${id}`);
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport();
  await expect(page.locator('#under-way .act').first()).toContainText(/Planned \d+ \w+( \d+)?, under way \d+ \w+/);
});

test('the front page tells of the next window of a series once, and of its other dates', async ({ page, service }) => {
  await page.goto(service.origin);
  const region = page.getByRole('region', { name: 'Planned work' });
  await expect(region.getByRole('heading', { name: /certificates/ })).toHaveCount(1);
  await expect(region.getByText(/^Repeats, 9 more dates:/)).toBeVisible();
  await expect(region.getByRole('link', { name: 'Add to calendar' })).toHaveAttribute('href', /^webcal:\/\/.+\/history\.ics$/);
  await expect(region.getByText('Date to be set')).toBeVisible();
});

test('every message on planned work says what it tells, and who posted it', async ({ page, service }) => {
  await page.goto(service.origin + (await work('Rehearsal', 'scheduled')(service)));
  const messages = page.locator('.ups > li');
  await expect(messages.locator('strong').first()).toHaveText('Moved');
  await expect(messages.first().locator('del')).toBeVisible();
  await expect(page.getByText(/^Subscribers are reminded 7 days, 24 hours and 1 hour before/)).toBeVisible();
  await page.goto(service.origin + (await work('certificates', 'completed')(service)));
  await expect(page.getByText('Posted automatically')).toHaveCount(2);
});

test('the printed post-mortem has all its words and no controls', async ({ page, service }) => {
  await page.goto(service.origin + (await revised(service)));
  await page.emulateMedia({ media: 'print' });
  for (const part of ['#summary', '#impact', '#causes', '#follow-ups']) await expect(page.locator(part)).toBeVisible();
  for (const gone of ['.toc', '#feedback', '.foot']) await expect(page.locator(gone).filter({ visible: true })).toHaveCount(0);
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
});
