import { expect, test } from './support/test';

test.use({ platform: 'demo' });

interface Incidents {
  incidents: { id: string; name: string; status: string; resolved_at: string | null }[];
}

test('the demonstration says on every page that it is one', async ({ page, service }) => {
  for (const address of ['/', '/history']) {
    await page.goto(service.origin + address);
    await expect(page.getByText(/^Demonstration:/)).toBeVisible();
    await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
  }
});

test('what is wrong stands above the components, newest words first', async ({ page, service }) => {
  await page.goto(service.origin);
  const { incidents } = await service.json<Incidents>('/api/v2/incidents/unresolved.json');
  expect(incidents.length).toBeGreaterThan(0);
  const open = page.getByRole('region', { name: 'Open incidents' });
  for (const { name } of incidents) await expect(open.getByRole('heading', { name })).toBeVisible();
  const top = async (name: string) => (await page.getByRole('region', { name, exact: true }).boundingBox())?.y ?? Infinity;
  expect(await top('Open incidents')).toBeLessThan(await top('Components'));
  const shown = open.getByRole('article').first().locator('.ups time');
  const times = await shown.evaluateAll((all) => all.map((one) => Date.parse(one.getAttribute('datetime') ?? '')));
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual([...times].sort((one, other) => other - one));
});

test('groups with trouble are unfolded, and a fold opens by keyboard', async ({ page, service }) => {
  await page.goto(service.origin);
  const folds = page.locator('details.gr');
  expect(await folds.count()).toBeGreaterThan(3);
  for (const fold of await folds.all()) {
    const well = (await fold.locator('summary').innerText()).includes('Operational');
    if (well) await expect(fold).not.toHaveAttribute('open');
    else await expect(fold).toHaveAttribute('open');
  }
  const folded = page.locator('details.gr:not([open])').first();
  const id = await folded.getAttribute('id');
  await folded.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator(`#${id}`)).toHaveAttribute('open');
});

test('every bar chart says in words what it draws', async ({ page, service }) => {
  await page.goto(service.origin);
  const charts = page.locator('svg.bars');
  expect(await charts.count()).toBeGreaterThan(10);
  const drawn = await charts.evaluateAll((all) =>
    all.map((one) => ({ label: one.getAttribute('aria-label') ?? '', silent: Boolean(one.querySelector('.n')?.getAttribute('d')) })),
  );
  expect(drawn.some((one) => one.silent), 'a component that is not 90 days old').toBe(true);
  for (const { label, silent } of drawn) {
    expect(label).toMatch(/last \d+ days: .*\d+ %/i);
    if (silent) expect(label, 'days that nobody measured').toMatch(/not measured/);
  }
});

test('a component shows how its figure is computed, and the sum is right', async ({ page, service }) => {
  await page.goto(service.origin);
  await page.locator('.c', { has: page.locator('svg') }).first().locator('.cn').click();
  await page.getByText('How is this computed?').click();
  const sum = await page.getByText(/^100 % × \(\d+ s − [\d.]+ s\) ÷ \d+ s = [\d.]+ %$/).innerText();
  const [measured, down, , figure] = [...sum.matchAll(/[\d.]+(?= s| %$)/g)].map((found) => Number(found[0]));
  const exact = 100 * (1 - (down ?? 0) / (measured ?? 0));
  expect(Math.abs(exact - (figure ?? 0))).toBeLessThan(0.01);
  expect(figure, 'cut, never rounded up').toBeLessThanOrEqual(exact);
});

test('times stand in the zone of the page and in UTC', async ({ page, service }) => {
  await page.goto(service.origin);
  const asOf = page.locator('.hero time').first();
  // Between the two midnights the days differ, and the page names the day of UTC.
  await expect(asOf).toHaveText(/^\d\d:\d\d (CET|CEST)( ·)? ?(\d{1,2} [A-Z][a-z]{2}, )?\d\d:\d\d UTC$/);
  await expect(page.getByRole('contentinfo').getByText('Times are in Europe/Berlin and UTC.')).toBeVisible();
});
