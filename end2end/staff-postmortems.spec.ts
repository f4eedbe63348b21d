import { expect, type Page, test } from '@playwright/test';
import { accessibleEverywhere, fitsNarrowScreen, orderedHeadings } from './support/checks';
import { Service } from './support/service';
import { firstOwner } from './support/staff';

// One signed-in page for all of them.
test.describe.configure({ mode: 'serial' });

/** A service with an owner, an incident that is open, and one that is over with a post-mortem that is begun. */
let service: Service;
let page: Page;
let open: string;
let document: string;

test.beforeAll(async ({ browser }) => {
  service = await Service.start('serve', undefined, { ALLCLEAR_PUBLIC_URL: undefined });
  page = await firstOwner(browser, service);
  await page.goto(`${service.origin}/staff/components/new`);
  await page.getByLabel('Name', { exact: true }).fill('Gateway');
  await page.getByRole('button', { name: 'Add the component' }).click();
  open = await reported('Logs arrive late', 'Degraded performance');
  const over = await reported('Requests fail', 'Major outage');
  await page.getByText('Resolve it now').click();
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(page.getByRole('status').first()).toHaveText('Posted. Readers see it now.');
  await page.goto(`${service.origin}/staff/post-mortems`);
  await page.getByRole('link', { name: 'Write it' }).click();
  await page.getByRole('button', { name: 'Begin writing' }).click();
  await expect(page.getByLabel('Causes')).toBeVisible();
  document = new URL(page.url()).pathname;
  expect(over).not.toBe(document);
});

test.afterAll(async () => {
  await page?.context().close();
  await service?.stop();
});

async function reported(title: string, status: string): Promise<string> {
  await page.goto(`${service.origin}/staff/incidents/new`);
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('Message', { exact: true }).fill('We are looking into it.');
  await page.getByLabel('Gateway').selectOption({ label: status });
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page).toHaveURL(/\/staff\/incidents\/[a-z0-9]{12}$/);
  return new URL(page.url()).pathname;
}

const PAGES: [string, () => string][] = [
  ['the list', () => '/staff/post-mortems'],
  ['the beginning of one', () => '/staff/post-mortems/new'],
  ['the page on which one is written', () => document],
  ['what readers said', () => `${document}/feedback`],
  ['the list of follow-ups', () => '/staff/follow-ups'],
  ['an incident that can be resolved', () => open],
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

/** The words beside the button. */
const said = () => page.locator('.autosave');

test('what is written saves itself, and the page says when', async () => {
  await page.goto(service.origin + document);
  await page.waitForLoadState('networkidle');
  await page.getByLabel('Causes').fill('Human error.');
  await expect(said()).toHaveText(/^Saved \d\d:\d\d:\d\d UTC$/, { timeout: 15_000 });
  await expect(page.locator('#remarks')).toContainText('looks for somebody to blame');
  await page.getByLabel('Causes').fill('A full disk.');
  await expect(page.locator('#remarks')).not.toContainText('blame', { timeout: 15_000 });
  await page.reload();
  await expect(page.getByLabel('Causes')).toHaveValue('A full disk.');
});

test('while the server cannot be reached nothing is lost, and it says so', async () => {
  await page.goto(service.origin + document);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.getByLabel('Summary').fill('Words without a network.');
  await expect(said()).toContainText('the server cannot be reached', { timeout: 15_000 });
  await expect(page.getByLabel('Summary')).toHaveValue('Words without a network.');
  await page.context().setOffline(false);
  await expect(said()).toHaveText(/^Saved /, { timeout: 20_000 });
  await page.reload();
  await expect(page.getByLabel('Summary')).toHaveValue('Words without a network.');
});

test('somebody else who writes is not written over, and both texts are shown', async () => {
  const other = await page.context().newPage();
  await other.goto(service.origin + document);
  await page.goto(service.origin + document);
  await page.waitForLoadState('networkidle');
  await other.getByLabel('Title', { exact: true }).fill('The title of somebody else');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByRole('status').first()).toContainText('Saved.');
  await other.close();
  await page.getByLabel('Title', { exact: true }).fill('My own title');
  await expect(said()).toContainText('owner@example.com', { timeout: 15_000 });
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('My own title');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('What it says now')).toBeVisible();
  await expect(page.locator('.meanwhile')).toContainText('The title of somebody else');
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('My own title');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('Saved.');
});

test('a button that is pressed while it saves itself does not collide with that', async () => {
  await page.goto(service.origin + document);
  await page.waitForLoadState('networkidle');
  let arrived: () => void = () => {};
  const asked = new Promise<void>((resolve) => (arrived = resolve));
  let answer: () => void = () => {};
  const free = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/draft', async (route) => {
    arrived();
    await free;
    await route.continue();
  });
  await page.getByLabel('Workaround').fill('Wait.');
  await asked;
  await page.getByLabel('Workaround').fill('Wait a little.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  answer();
  await expect(page.getByRole('status').first()).toContainText('Saved.', { timeout: 15_000 });
  await expect(page.getByLabel('Workaround')).toHaveValue('Wait a little.');
  await page.unroute('**/draft');
});

test('without scripts it is written, looked at and published with buttons alone', async () => {
  await page.route(/\.(js|wasm)$/, (route) => route.abort());
  await page.goto(service.origin + document);
  await page.getByLabel('Title', { exact: true }).fill('Requests failed for a while');
  // Return in a field saves: it never publishes.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').first()).toContainText('Saved.');
  await page.getByLabel('Long-term plans').fill('Disks are **watched**.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('#preview').getByRole('heading', { name: 'Long-term plans' })).toBeVisible();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.locator('#link a').textContent()) ?? '';
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByRole('status').first()).toHaveText('Published. Readers see it now.');
  await page.getByRole('link', { name: 'On the public page' }).click();
  await expect(page.getByRole('heading', { name: 'Requests failed for a while', level: 1 })).toBeVisible();
  expect(link).toContain('/preview/');
  await page.unroute(/\.(js|wasm)$/);
});

test('a preview link shows a draft to somebody who is not staff, and the document itself where none waits', async ({ browser }) => {
  await page.goto(service.origin + document);
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.locator('#link a').getAttribute('href')) ?? '';
  const reader = await (await browser.newContext()).newPage();
  const preview = service.origin + new URL(link, service.origin).pathname;
  await reader.goto(preview);
  await expect(reader).toHaveURL(/\/post-mortems\/[^/]+$/);
  await expect(reader.getByText('Draft: not published')).toHaveCount(0);

  await page.getByLabel('Workaround').fill('Send the request again.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('Saved.');
  await reader.goto(preview);
  await expect(reader.getByText('Draft: not published')).toBeVisible();
  await expect(reader.getByText('Send the request again.')).toBeVisible();
  await orderedHeadings(reader);
  await accessibleEverywhere(reader);
  await fitsNarrowScreen(reader);
  await reader.context().close();
});
