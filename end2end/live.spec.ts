import type { Page } from '@playwright/test';
import { grouped, type History, history, OUTAGE, withFix, withOutage } from './support/history';
import { serve, type Service } from './support/service';
import { expect, test as base } from './support/test';

/** Longer than the longest wait between two questions of an open page. */
const A_WHILE = '02:00';

const test = base.extend<{ open: (record: History, viewport?: { width: number; height: number }) => Promise<Service> }>({
  /** A service of the test's own, shown in the page, its islands at work and the page's clock in the test's hand. */
  open: async ({ page }, use) => {
    const started: Service[] = [];
    await use(async (record, viewport) => {
      const service = await serve(record);
      started.push(service);
      await measured(service, record);
      if (viewport) await page.setViewportSize(viewport);
      await page.clock.install();
      await page.addInitScript(watchShifts);
      await page.goto(service.origin);
      await atWork(page);
      await page.evaluate(() => document.documentElement.setAttribute('data-e2e', ''));
      return service;
    });
    const mark = await page.evaluate(() => document.documentElement.getAttribute('data-e2e'));
    await page.close();
    for (const service of started) await service.stop();
    if (started.length > 0) expect(mark, 'the page was not loaded anew').toBe('');
  },
});

/** Most that what a reader looks at may shift, as browsers measure it (a tenth is what they call good). */
const SHIFT = 0.02;

/** What a page adds up of its shifts. */
interface Shifts {
  shifted: () => number;
}

/** Runs in the page: adds up how far what is on screen moves without the reader's doing. */
function watchShifts(): void {
  let sum = 0;
  const add = (entries: PerformanceEntryList) => entries.forEach((entry) => (sum += (entry as PerformanceEntry & { value: number }).value));
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  (window as unknown as Shifts).shifted = () => {
    // What the browser has seen and not told yet counts too.
    add(observer.takeRecords());
    const before = sum;
    sum = 0;
    return before;
  };
}

/** What has shifted since this was asked last, up to and with the frame after this one. */
function shifted(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = () => new Promise<void>((done) => new IntersectionObserver((_, seen) => (seen.disconnect(), done())).observe(document.body));
    await frame();
    await frame();
    await frame();
    return (window as unknown as Shifts).shifted();
  });
}

async function atWork(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
}

/** Waits until the page shows bars: what grows when a platform's very first second is measured is no matter of an open page. */
async function measured(service: Service, record: History): Promise<void> {
  let at = Date.parse('2026-01-01T00:00:00Z');
  await expect(async () => {
    // A change that nobody can see makes the page look at the time again.
    const touched = structuredClone(record);
    touched.components.forEach((one) => (one.updated_at = new Date(at).toISOString()));
    at += 1000;
    await change(service, touched);
    expect(await (await fetch(service.origin)).text()).toContain('class="bars"');
  }).toPass();
}

/** Changes the record and waits until readers who ask now are given it. */
async function change(service: Service, record: History): Promise<void> {
  const before = await service.revision();
  await service.import(record);
  await expect.poll(() => service.revision()).toBeGreaterThan(before);
}

test.describe('in Tokyo', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });

  test('every instant also stands in the reader\'s own time', async ({ page, service }) => {
    for (const address of ['/', '/history?month=2025-06', '/incidents/s926lrj94pv2']) {
      await page.goto(service.origin + address);
      await atWork(page);
      const instants = await page.locator('time[datetime*="T"]:not([data-q])').evaluateAll((all) =>
        all.map((one) => {
          const at = new Date(one.getAttribute('datetime') ?? '');
          const two = (number: number) => String(number).padStart(2, '0');
          return { wanted: `${two(at.getHours())}:${two(at.getMinutes())} your time`, shown: one.textContent ?? '' };
        }),
      );
      expect(instants.length, address).toBeGreaterThan(0);
      for (const { wanted, shown } of instants) expect(shown, address).toContain(wanted);
    }
    // 21:00 of the page's day is another day in Tokyo.
    await page.goto(`${service.origin}/incidents/9005q78ld9gd`);
    await atWork(page);
    await expect(page.locator('.facts')).toContainText('Fri 27 Feb, 04:00 your time');
  });

  test('zone and theme that a reader chose hold over a live update and a reload', async ({ page, open }) => {
    const service = await open(history());
    const chooser = page.locator('details.langs');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await chooser.locator('summary').click();
    await chooser.locator('[data-choice=zone] select').selectOption('utc');
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    const held = async () => {
      await expect(page.locator('html')).toHaveAttribute('data-zone', 'utc');
      expect(await ground()).not.toBe(light);
      const shown = await page.locator('main time[datetime*="T"]:not([data-q]):visible').evaluateAll((all) =>
        all.map((one) => ({ wanted: `${one.getAttribute('datetime')}`, shown: (one as HTMLElement).innerText })),
      );
      expect(shown.length).toBeGreaterThan(0);
      for (const { wanted, shown: text } of shown) {
        expect(text).toContain(`${new Date(wanted).toISOString().slice(11, 16)} UTC`);
        expect(text, 'one zone alone').not.toMatch(/your time|CES?T/);
      }
    };
    await held();
    await change(service, withOutage(history(), 'API'));
    await page.clock.fastForward(A_WHILE);
    await expect(page.getByRole('heading', { level: 2, name: OUTAGE.name })).toBeVisible();
    await held();
    await page.reload();
    await page.evaluate(() => document.documentElement.setAttribute('data-e2e', ''));
    await atWork(page);
    await held();
    await expect(page.locator('[data-choice=zone] select')).toHaveValue('utc');
    await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('dark');
    await page.locator('details.langs summary').click();
    await page.locator('[data-choice=zone] select').selectOption('own');
    await expect(page.locator('.hero time').first()).toHaveText(/\d\d:\d\d/);
    const own = page.locator('.hero time').first();
    const at = new Date((await own.getAttribute('datetime')) ?? '');
    const hour = String((at.getUTCHours() + 9) % 24).padStart(2, '0');
    expect(await own.innerText(), 'Tokyo alone').toContain(`${hour}:${at.toISOString().slice(14, 16)}`);
  });
});

test('a reader in the page\'s own zone is told no time twice', async ({ page, service }) => {
  await page.goto(`${service.origin}/incidents/s926lrj94pv2`);
  await atWork(page);
  await expect(page.getByText('your time')).toHaveCount(0);
});

test('every island in the document is exported, so none stays dead', async ({ page, service }) => {
  const glue = page.waitForResponse(/\/allclear\.[0-9a-f]+\.js$/);
  await page.goto(service.origin);
  await atWork(page);
  const islands = await page.locator('leptos-island').evaluateAll((all) => all.map((one) => one.getAttribute('data-component') ?? ''));
  expect(islands.length).toBeGreaterThan(0);
  const exported = await page.evaluate(async (address) => Object.keys(await import(address)), (await glue).url());
  for (const island of islands) expect(exported).toContain(island);
});

test('scripts are fetched after the content has loaded', async ({ page, service }) => {
  await page.goto(service.origin);
  await atWork(page);
  const { loaded, islands, early } = await page.evaluate(() => {
    const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const files = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter((one) => /\.(js|wasm)$/.test(one.name))
      .map((one) => ({ name: new URL(one.name).pathname, start: one.startTime, bytes: one.decodedBodySize }));
    const loaded = document?.loadEventStart ?? Infinity;
    return { loaded, islands: files.filter((one) => one.start > loaded), early: files.filter((one) => one.start <= loaded) };
  });
  expect(loaded).toBeGreaterThan(0);
  expect(islands.map((one) => one.name.split('.').pop()).sort()).toEqual(['js', 'wasm']);
  // Only the loader, smaller than an icon, comes with the page.
  expect(early).toHaveLength(1);
  expect(early[0]?.bytes).toBeLessThan(2_000);
});

test('an open page takes in a change of the record by itself', async ({ page, open }) => {
  const service = await open(history());
  const sentence = page.getByRole('heading', { level: 1 });
  const before = await sentence.innerText();
  expect(before).toBe('All Systems Operational');
  await change(service, withOutage(history(), 'API'));
  await page.clock.fastForward(A_WHILE);
  await expect(sentence).not.toHaveText(before);
  const now = await service.json<{ status: { description: string } }>('/api/v2/status.json');
  await expect(sentence).toHaveText(now.status.description);
  await expect(page).toHaveTitle(new RegExp(`^${now.status.description}`));
  await expect(page.getByRole('heading', { level: 2, name: OUTAGE.name })).toBeInViewport();
  await expect(page.getByRole('region', { name: 'Open incidents' })).toContainText(OUTAGE.words);
  const row = page.locator('.c', { has: page.getByRole('link', { name: 'API', exact: true }) });
  await expect(row).toContainText('Major outage');
  expect(await page.evaluate(() => scrollY), 'a reader at the top stays there').toBe(0);
  await expect(page.locator('html')).toHaveAttribute('data-revision', String(await service.revision()));
});

test('for a reader at the top the sentence stays where it is, and what is new comes below it', async ({ page, open }) => {
  const service = await open(history());
  const sentence = page.getByRole('heading', { level: 1 });
  const before = await sentence.boundingBox();
  await shifted(page);
  await change(service, withOutage(history(), 'API'));
  await page.clock.fastForward(A_WHILE);
  await expect(page.getByRole('heading', { level: 2, name: OUTAGE.name })).toBeInViewport();
  expect((await sentence.boundingBox())?.y).toBe(before?.y);
  // What makes room for an incident does not jump: it fades in where it stands from now on.
  expect(await shifted(page), 'shift of what is on screen').toBeLessThanOrEqual(SHIFT);
  // What is put there without that does jump, and is seen to, once the fade is over.
  await page.clock.runFor(1000);
  await expect(async () => {
    await page.locator('.hero').evaluate((hero) => {
      const room = document.createElement('div');
      room.className = 'room';
      room.style.height = '100px';
      hero.after(room);
    });
    const moved = await shifted(page);
    await page.locator('.room').evaluate((room) => room.remove());
    expect(moved, 'shift without a fade').toBeGreaterThan(SHIFT);
  }).toPass();
});

test('only the line of the status is announced', async ({ page, open }) => {
  const service = await open(history());
  const spoken = page.locator('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]');
  await expect(spoken).toHaveCount(1);
  await expect(spoken).toHaveText('All Systems Operational');
  const before = await spoken.elementHandle();
  await change(service, withOutage(history(), 'API'));
  await page.clock.fastForward(A_WHILE);
  await expect(spoken).not.toHaveText('All Systems Operational');
  expect(await spoken.evaluate((one, before) => one === before, before), 'it is the same element, or nothing would be spoken').toBe(true);
  await expect(spoken).toHaveCount(1);
});

/** Readers by the place of the component they are at, counted from the last. */
const PLACES = [
  { where: 'amid the components', from: 6, whole: true },
  // The list of days below names the incident too and grows; a browser counts that with all that scrolled along below it.
  { where: 'at the list of days', from: 2, whole: false },
];

for (const { where, from, whole } of PLACES) {
  test(`focus, place and what is on screen stay where they are ${where}`, async ({ page, open }) => {
    const service = await open(history(), { width: 1000, height: 500 });
    const name = history().components.at(-from)?.name ?? '';
    const link = page.getByRole('link', { name, exact: true });
    await link.evaluate((one) => {
      one.scrollIntoView({ block: 'center' });
      (one as HTMLElement).focus({ preventScroll: true });
    });
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100);
    const focused = await link.elementHandle();
    const before = await onScreen(page);
    await shifted(page);
    expect(Object.keys(before).length).toBeGreaterThan(2);
    await change(service, withOutage(history(), 'API'));
    await page.clock.fastForward(A_WHILE);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('All Systems Operational');
    await expect(page.getByRole('heading', { level: 2, name: OUTAGE.name })).toBeAttached();
    await expect(link).toBeFocused();
    expect(await link.evaluate((one, before) => one === before, focused), 'it is the very element that had the focus').toBe(true);
    if (whole) expect(await shifted(page), 'shift of what is on screen').toBeLessThanOrEqual(SHIFT);
    const after = await onScreen(page);
    for (const [row, top] of Object.entries(before)) {
      expect(Math.abs((after[row] ?? Infinity) - top), `${row} moved`).toBeLessThanOrEqual(1);
    }
  });
}

test('folds stay as the reader left them, and trouble unfolds the rest', async ({ page, open }) => {
  const service = await open(grouped());
  const fold = (name: string) => page.locator('details', { has: page.getByRole('heading', { name, exact: true }) });
  await expect(fold('Group A')).not.toHaveAttribute('open');
  await fold('Group C').locator('summary').click();
  await expect(fold('Group C')).toHaveAttribute('open');
  const troubled = grouped().components.find((one) => one.group_id?.startsWith('group0'))?.name ?? '';
  await change(service, withOutage(grouped(), troubled));
  await page.clock.fastForward(A_WHILE);
  await expect(fold('Group A'), 'trouble shows itself').toHaveAttribute('open', '');
  await expect(fold('Group C'), 'opened by the reader').toHaveAttribute('open', '');
  await expect(fold('Group B'), 'nobody opened it').not.toHaveAttribute('open');
  // What the reader closes stays closed, whatever is in it.
  await fold('Group A').locator('summary').click();
  await expect(fold('Group A')).not.toHaveAttribute('open');
  await change(service, grouped());
  await page.clock.fastForward(A_WHILE);
  await expect(page.locator('html')).toHaveAttribute('data-revision', String(await service.revision()));
  await expect(fold('Group A')).not.toHaveAttribute('open');
  await expect(fold('Group C')).toHaveAttribute('open', '');
});

test('the page of an incident takes in the next update by itself', async ({ page, open }) => {
  const told = withOutage(history(), 'API');
  const service = await open(told);
  await page.getByRole('region', { name: 'Open incidents' }).getByRole('link', { name: OUTAGE.name }).click();
  await atWork(page);
  await page.evaluate(() => document.documentElement.setAttribute('data-e2e', ''));
  const permalink = page.locator(`#u-${OUTAGE.update}`).getByRole('link');
  await permalink.focus();
  const focused = await permalink.elementHandle();
  await change(service, withFix(told));
  await page.clock.fastForward(A_WHILE);
  const updates = page.locator('li[id^="u-"]');
  await expect(updates).toHaveCount(2);
  await expect(updates.first()).toContainText('Identified');
  await expect(permalink).toBeFocused();
  expect(await permalink.evaluate((one, before) => one === before, focused), 'it is the very element that had the focus').toBe(true);
});

test('an unchanged record is asked for, and changes nothing', async ({ page, open }) => {
  const service = await open(history());
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.evaluate(() => {
    const seen = new MutationObserver((changes) => document.documentElement.setAttribute('data-e2e-changed', String(changes.length)));
    seen.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await page.clock.fastForward(A_WHILE);
  await expect.poll(() => asked).toContain('/live.json');
  expect(asked).not.toContain('/');
  await expect(page.locator('html')).not.toHaveAttribute('data-e2e-changed');
  expect(await service.revision()).toBeGreaterThan(0);
});

test('an open page whose server is gone keeps what it shows and says so', async ({ page, open, trouble }) => {
  const service = await open(history());
  await expect(page.getByText('this page refreshes itself')).toBeVisible();
  const before = await page.locator('.c').count();
  expect(before).toBeGreaterThan(5);
  await service.end();
  trouble.allow(/live\.json/);
  await expect(async () => {
    await page.clock.fastForward('05:00');
    await expect(page.getByText('the server cannot be reached')).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All Systems Operational');
  await expect(page.locator('.c')).toHaveCount(before);
});

/** Where the named things on screen are, from the top edge of the screen. */
function onScreen(page: Page): Promise<Record<string, number>> {
  return page.locator('main [id]').evaluateAll((all) =>
    Object.fromEntries(
      all
        .map((one) => ({ id: one.id, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.top >= 0 && box.bottom <= innerHeight)
        .map(({ id, box }) => [id, box.top]),
    ),
  );
}
