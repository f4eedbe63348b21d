import type { APIResponse } from '@playwright/test';
import { history } from './support/history';
import { expect, test } from './support/test';

const RECORD = history();

test('all 18 incidents of nine years are reached by clicking through the months', async ({ page, service }) => {
  await page.goto(service.origin);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
  const months = page.getByRole('navigation', { name: 'All months' }).getByRole('link', { name: /entr(y|ies)$/ });
  const names = await months.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  const found = new Map<string, string>();
  for (const name of names) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name.split(',')[0] ?? '');
    const links = page.locator('main h4').getByRole('link');
    for (const link of await links.all()) {
      found.set((await link.getAttribute('href')) ?? '', (await link.textContent()) ?? '');
    }
  }
  expect(RECORD.incidents).toHaveLength(18);
  expect([...found].sort()).toEqual(RECORD.incidents.map((one) => [`/incidents/${one.id}`, one.name]).sort());
  expect(names.some((name) => name.startsWith('August 2018'))).toBe(true);
  expect(names.some((name) => name.startsWith('February 2026'))).toBe(true);
});

test('the links to older and newer months skip none, back to the first and forth again', async ({ page, service }) => {
  const walk = async (from: string, rel: string) => {
    const seen: string[] = [];
    let next: string | undefined = from;
    while (next !== undefined) {
      const response: APIResponse = await page.request.get(service.origin + next);
      expect(response.status(), next).toBe(200);
      const html: string = await response.text();
      seen.push(/<h1>([^<]+)<\/h1>/.exec(html)?.[1] ?? '');
      next = new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1];
    }
    return seen;
  };
  const back = await walk('/history', 'prev');
  expect(back.at(-1)).toBe('August 2018');
  const months = back.map((month) => Date.parse(`1 ${month} UTC`));
  months.slice(1).forEach((month, at) => {
    const newer = new Date(months[at] ?? 0);
    expect(new Date(month)).toEqual(new Date(Date.UTC(newer.getUTCFullYear(), newer.getUTCMonth() - 1, 1)));
  });
  expect(await walk('/history?month=2018-08', 'next')).toEqual([...back].reverse());
});

test('a backdated incident says when its first words were really posted', async ({ page, service }) => {
  await page.goto(`${service.origin}/incidents/s926lrj94pv2`);
  const first = page.locator('li#u-325xbtgkcd3r');
  await expect(first).toContainText('13:00 UTC');
  await expect(first).toContainText(/posted later, at .*14:11 UTC/);
  await expect(page.getByText('posted later')).toHaveCount(1);
});

test('a post-mortem stands on the page of its incident, with its links', async ({ page, service }) => {
  await page.goto(`${service.origin}/incidents/s926lrj94pv2`);
  const document = page.locator('#postmortem');
  await expect(document.getByRole('heading', { name: 'Post-mortem', exact: true })).toBeVisible();
  await expect(document).toContainText('hold too many layers');
  const link = document.getByRole('link', { name: 'known issue' });
  await expect(link).toHaveAttribute('href', 'https://github.com/apocas/docker-modem/issues/168');
});

test('every post-mortem of the record is shown', async ({ page, service }) => {
  const told = RECORD.incidents.filter((one) => one.status === 'postmortem');
  expect(told).toHaveLength(17);
  for (const incident of told) {
    await page.goto(`${service.origin}/incidents/${incident.id}`);
    await expect(page.locator('#postmortem')).toBeVisible();
    expect((await page.locator('#postmortem').innerText()).length).toBeGreaterThan(100);
  }
});

test('updates of the same minute keep the order of the file', async ({ page, service }) => {
  const incident = RECORD.incidents.find((one) => one.id === 'crg6yywl20z3');
  const messages = incident?.incident_updates.filter((one) => one.status !== 'postmortem') ?? [];
  const minutes = messages.map((one) => one.display_at);
  expect(new Set(minutes).size, 'two share a minute').toBe(minutes.length - 1);
  await page.goto(`${service.origin}/incidents/crg6yywl20z3`);
  const shown = await page.locator('li[id^="u-"]').evaluateAll((all) => all.map((one) => one.id));
  expect(shown.filter((id) => messages.some((one) => id === `u-${one.id}`))).toEqual(messages.map((one) => `u-${one.id}`));
});

test('a link to one update leads to it', async ({ page, service }) => {
  await page.goto(`${service.origin}/incidents/crg6yywl20z3#u-969jv683bp2q`);
  await expect(page.locator('#u-969jv683bp2q')).toBeInViewport();
  const permalink = page.locator('#u-969jv683bp2q').getByRole('link').first();
  await permalink.click();
  expect(new URL(page.url()).hash).toBe('#u-969jv683bp2q');
});

test('silence is not called uptime: what nobody measured is said, in words too', async ({ page, service }) => {
  await page.goto(service.origin);
  // Nothing is known of the time before the import; a minute after it there is a first sliver to draw.
  const charts = page.locator('main svg.bars');
  await expect(page.getByText('not measured yet').or(charts).first()).toBeVisible();
  for (const label of await charts.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))) {
    expect(label).toMatch(/not measured/);
  }
});

test('a quiet page names the last incident', async ({ page, service }) => {
  await page.goto(service.origin);
  await expect(page.getByText(/^Last incident:/)).toContainText('Elevated Device SSH Errors');
});
