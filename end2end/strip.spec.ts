import type { Locator, Page } from '@playwright/test';
import type { Service } from './support/service';
import { expect, test } from './support/test';

test.use({ platform: 'demo' });

/** A component on the page with its strip, the row that a reader works with. */
async function row(page: Page, service: Service, language = ''): Promise<Locator> {
  await page.goto(service.origin + (language || '/'));
  await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
  const rows = page.locator('.c', { has: page.locator('svg.bars:visible') });
  await expect(rows.first().locator('svg.bars')).toHaveAttribute('tabindex', '0');
  return rows.first();
}

/** The days of a component as its own table tells them, the oldest first, with where each leads. */
async function days(service: Service, row: Locator): Promise<{ text: string; href: string | null }[]> {
  const table = await row.locator('.pc').getAttribute('href');
  const page = await row.page().context().newPage();
  await page.goto(service.origin + table);
  const all = await page.locator('tr[data-t]').evaluateAll((rows) =>
    rows.map((one) => ({ text: one.getAttribute('data-t') ?? '', href: one.querySelector('a')?.getAttribute('href') ?? null })),
  );
  await page.close();
  return all.reverse();
}

test('a strip is one stop of the keyboard, and arrows walk its days', async ({ page, service }) => {
  const one = await row(page, service);
  const strip = one.locator('svg.bars');
  const told = await days(service, one);
  expect(told).toHaveLength(90);
  await one.locator('.cn').focus();
  await page.keyboard.press('Tab');
  await expect(strip, 'the strip is the next stop').toBeFocused();
  await expect(page.getByRole('slider', { name: /last 90 days/ }).first()).toBeFocused();
  const walk: [key: string, day: number][] = [
    ['ArrowRight', 90],
    ['ArrowLeft', 89],
    ['ArrowDown', 88],
    ['ArrowUp', 89],
    ['PageDown', 82],
    ['Home', 1],
    ['ArrowLeft', 1],
    ['ArrowRight', 2],
    ['End', 90],
  ];
  for (const [key, day] of walk) {
    await page.keyboard.press(key);
    await expect(strip, key).toHaveAttribute('aria-valuenow', String(day));
    await expect(strip, `${key}, said to those who see nothing`).toHaveAttribute('aria-valuetext', told[day - 1]!.text);
    await expect(one.locator('.tip'), `${key}, shown`).toHaveText(told[day - 1]!.text);
    await expect(one.locator('.tip')).toBeInViewport();
  }
  await expect(page.locator('.tip')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('.tip')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(one.locator('.pc'), 'the stop after it').toBeFocused();
});

test('the key Enter leads from a day to its page', async ({ page, service }) => {
  const one = await row(page, service);
  const told = await days(service, one);
  await one.locator('svg.bars').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(one.locator('.tip')).toHaveText(told[88]!.text);
  expect(told[88]!.href).toMatch(/^\/components\/[a-z0-9]+\/days\/\d{4}-\d\d-\d\d$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(service.origin + told[88]!.href);
});

test('the pointer is told the day it is on', async ({ page, service }) => {
  const one = await row(page, service);
  const told = await days(service, one);
  const strip = one.locator('svg.bars');
  const box = (await strip.boundingBox())!;
  for (const [share, day] of [[0.001, 1], [0.5, 46], [0.999, 90]] as const) {
    await strip.hover({ position: { x: box.width * share, y: box.height / 2 } });
    await expect(strip).toHaveAttribute('aria-valuenow', String(day));
    await expect(one.locator('.tip')).toHaveText(told[day - 1]!.text);
    const tip = (await one.locator('.tip').boundingBox())!;
    expect(tip.x).toBeGreaterThanOrEqual(0);
    expect(tip.x + tip.width).toBeLessThanOrEqual(page.viewportSize()!.width);
  }
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(page.locator('.tip')).toHaveCount(0);
});

test('from right to left the arrows go the way they point', async ({ page, service }) => {
  const one = await row(page, service, '/ar');
  const strip = one.locator('svg.bars');
  await strip.focus();
  await page.keyboard.press('Home');
  await expect(one.locator('.tip')).toBeVisible();
  await expect(strip, 'the first day is the oldest').toHaveAttribute('aria-valuenow', '1');
  for (let step = 0; step < 45; step += 1) await page.keyboard.press('ArrowLeft');
  await expect(strip).toHaveAttribute('aria-valuenow', '46');
  const before = (await one.locator('.tip').boundingBox())!;
  for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowRight');
  await expect(strip).toHaveAttribute('aria-valuenow', '37');
  await expect.poll(async () => (await one.locator('.tip').boundingBox())!.x, 'right is right').toBeGreaterThan(before.x);
  const box = (await strip.boundingBox())!;
  await strip.hover({ position: { x: 1, y: box.height / 2 } });
  await expect(strip, 'today is at the left end').toHaveAttribute('aria-valuenow', '90');
});

test('days that nobody measured are drawn hollow and told as such', async ({ page, service }) => {
  await page.goto(`${service.origin}/uptime`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
  const strip = page.locator('svg.bars:has(path.n)').first();
  await strip.evaluate((one) => one.closest('details')?.setAttribute('open', ''));
  await strip.focus();
  await page.keyboard.press('Home');
  await expect(strip).toHaveAttribute('aria-valuetext', /not measured/i);
  const [hollow, full] = await strip.evaluate((one) =>
    ['n', 'g'].map((kind) => {
      const { fill, strokeDasharray, stroke } = getComputedStyle(one.querySelector(`path.${kind}`)!);
      return `${fill} ${strokeDasharray} ${stroke}`;
    }),
  );
  expect(hollow, 'not only by its colour').not.toBe(full);
});

test('without scripts a strip is a picture with words and one link to the table of its days', async ({ page, service, trouble }) => {
  await trouble.blockScripts(page);
  await page.goto(service.origin);
  const rows = page.locator('.c', { has: page.locator('svg.bars') });
  expect(await rows.count()).toBeGreaterThan(10);
  const told = await rows.evaluateAll((all) =>
    all.map((one) => ({
      name: one.querySelector('.cn')?.textContent ?? '',
      role: one.querySelector('svg.bars')?.getAttribute('role'),
      label: one.querySelector('svg.bars')?.getAttribute('aria-label') ?? '',
      stops: one.querySelectorAll('[tabindex]').length,
      links: [...one.querySelectorAll('a[href*="#days"]')].map((link) => link.getAttribute('href') ?? ''),
    })),
  );
  for (const { name, role, label, stops, links } of told) {
    expect({ role, stops, links: links.length }, name).toEqual({ role: 'img', stops: 0, links: 1 });
    expect(label).toMatch(/last 90 days: /);
  }
  await page.goto(service.origin + told[0]!.links[0]);
  const table = page.locator('#days');
  await expect(table).toBeInViewport();
  expect(await page.locator('tr[data-t]').count()).toBe(90);
});
