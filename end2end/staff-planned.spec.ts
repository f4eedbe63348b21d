import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessibleEverywhere, fitsNarrowScreen, orderedHeadings } from './support/checks';
import { Service } from './support/service';

const PASSWORD = 'a long enough password';

// One signed-in page for all of them.
test.describe.configure({ mode: 'serial' });

/** A service with an owner, a component, a draft, work to come, a series and work under way. */
let service: Service;
let page: Page;
let draft: string;
let coming: string;
let series: string;
let running: string;

test.beforeAll(async ({ browser }) => {
  service = await Service.start('serve', undefined, { ALLCLEAR_PUBLIC_URL: undefined });
  page = await signedIn(browser);
  await page.goto(`${service.origin}/staff/components/new`);
  await page.getByLabel('Name', { exact: true }).fill('Gateway');
  await page.getByRole('button', { name: 'Add the component' }).click();
  draft = await planned('A draft whose title is so long that it needs more than one line on a phone', 9, 'Save as draft');
  coming = await planned('Database upgrade', 10, 'Announce');
  series = await planned('Kernel updates', 12, 'Announce', async () => {
    await page.locator('summary', { hasText: 'Comes again' }).click();
    await page.getByLabel('Comes again').selectOption({ label: 'Every week' });
    await page.getByLabel('Windows in all').fill('12');
  });
  running = await planned('Network work', 0, 'Announce');
});

test.afterAll(async () => {
  await page?.context().close();
  await service?.stop();
});

async function signedIn(browser: Browser): Promise<Page> {
  const own = await (await browser.newContext()).newPage();
  await own.goto(service.printed(/Set up Allclear at (\S+)/));
  await own.getByLabel('Your e-mail address').fill('owner@example.com');
  await own.getByLabel('New password').fill(PASSWORD);
  await own.getByLabel('The same password again').fill(PASSWORD);
  await own.getByRole('button', { name: 'Become the owner' }).click();
  await expect(own).toHaveURL(`${service.origin}/staff`);
  return own;
}

/** A local time so many days from now, as a field takes it; the page's zone is UTC. Today's begins a minute ago. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000 - 60_000).toISOString().slice(0, 16);
}

async function planned(title: string, days: number, button: string, more = async () => {}): Promise<string> {
  await page.goto(`${service.origin}/staff/maintenances/new`);
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('Message', { exact: true }).fill('We replace a machine. **Some** requests are slow.');
  await page.getByLabel('Starts').fill(inDays(days));
  await page.getByLabel('Length in minutes').fill('90');
  await page.getByLabel('Gateway').selectOption({ label: 'Under maintenance' });
  await more();
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page).toHaveURL(/\/staff\/maintenances\/[a-z0-9]{12}$/);
  return new URL(page.url()).pathname;
}

const PAGES: [string, () => string][] = [
  ['the overview', () => '/staff'],
  ['the list of planned work', () => '/staff/maintenances'],
  ['new work', () => '/staff/maintenances/new'],
  ['a draft', () => draft],
  ['work to come', () => coming],
  ['a window of a series', () => series],
  ['work under way', () => running],
  ['the planner', () => '/staff/maintenances/planner'],
  ['the planner with one source', () => '/staff/maintenances/planner?source=reads&length=240'],
  ['the settings', () => '/staff/settings'],
];

for (const [name, address] of PAGES) {
  test(`${name} can be used by everybody, light and dark, on a phone too`, async () => {
    await page.goto(service.origin + address());
    await page.locator('main details').evaluateAll((all) => all.forEach((fold) => fold.setAttribute('open', '')));
    await orderedHeadings(page);
    await accessibleEverywhere(page);
    await fitsNarrowScreen(page);
  });
}

test('work is planned without a script and with the keyboard alone', async () => {
  await page.route(/\.(js|wasm)$/, (route) => route.abort());
  await page.goto(`${service.origin}/staff/maintenances/new`);
  const title = page.getByLabel('Title', { exact: true });
  await title.focus();
  await page.keyboard.type('Storage work');
  await page.getByRole('radio', { name: 'Date to be set' }).focus();
  await page.keyboard.press('Space');
  // Return in a field looks at the preview: it never announces.
  await title.focus();
  await page.keyboard.press('Enter');
  const preview = page.locator('#preview');
  await expect(preview.getByText('Nothing is announced yet.')).toBeVisible();
  await expect(preview.getByText('Date to be set')).toBeVisible();
  await expect(preview.getByText('Nobody has subscribed to this yet.')).toBeVisible();
  await expect(title).toHaveValue('Storage work');
  await page.getByRole('button', { name: 'Save as draft' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('Saved as a draft. Nobody outside sees it.');
  await page.unroute(/\.(js|wasm)$/);
});

test('what is wrong is told beside its field, which has the focus', async () => {
  await page.goto(`${service.origin}/staff/maintenances/new`);
  await page.getByLabel('Title', { exact: true }).fill('Storage work');
  await page.getByLabel('Message', { exact: true }).fill('Words to keep.');
  await page.getByRole('button', { name: 'Announce', exact: true }).click();
  const starts = page.getByLabel('Starts');
  await expect(starts).toBeFocused();
  await expect(starts).toHaveAccessibleDescription(/Give the time at which it starts/);
  await expect(page.getByLabel('Message', { exact: true })).toHaveValue('Words to keep.');
});

test('work under way is extended by the prepared notice, and finished', async () => {
  await page.goto(`${service.origin}${running}?longer=1`);
  const longer = page.locator('details', { hasText: 'We need longer' });
  await expect(longer.getByLabel('Message', { exact: true })).toHaveValue(/We need longer than planned/);
  await longer.getByRole('button', { name: 'Tell the new end' }).click();
  await expect(page.getByRole('status')).toHaveText('Its window is changed. Readers see the old time beside the new.');
  await expect(page.getByText('Extended:')).toBeVisible();
  await page.locator('summary', { hasText: 'Finish it' }).click();
  await page.getByRole('button', { name: 'Finish the work' }).click();
  await expect(page.locator('.state', { hasText: 'Completed' })).toBeVisible();
});

test('a quiet window of the planner opens the form filled in', async () => {
  await page.goto(`${service.origin}/staff/maintenances/planner`);
  await page.getByLabel('The work takes').selectOption({ label: '2 h' });
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByRole('link', { name: 'Plan work here' }).first().click();
  const [starts, ends] = [page.getByLabel('Starts'), page.getByLabel('Ends (UTC)')];
  const length = Date.parse(`${await ends.inputValue()}Z`) - Date.parse(`${await starts.inputValue()}Z`);
  expect(length).toBe(2 * 3_600_000);
});

test('the browser of a reader who subscribes says its zone', async ({ browser }) => {
  // The relay is never spoken to: nobody asks for a mail here.
  const mailing = await Service.start('serve', undefined, {
    ALLCLEAR_SMTP_URL: 'smtp://127.0.0.1:9',
    ALLCLEAR_MAIL_FROM: 'status@example.com',
  });
  try {
    const own = await (await browser.newContext({ timezoneId: 'Asia/Tokyo' })).newPage();
    await own.goto(`${mailing.origin}/subscribe`);
    await expect(own.locator('[name=time_zone]')).toHaveValue('Asia/Tokyo');
    await own.route(/\.(js|wasm)$/, (route) => route.abort());
    await own.goto(`${mailing.origin}/subscribe`);
    await expect(own.getByRole('button', { name: 'Subscribe' })).toBeVisible();
    await expect(own.locator('[name=time_zone]')).toHaveValue('');
    await own.context().close();
  } finally {
    await mailing.stop();
  }
});
