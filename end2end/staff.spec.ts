import { expect, type Page, test } from '@playwright/test';
import { accessibleEverywhere, fitsNarrowScreen, orderedHeadings } from './support/checks';
import { Service } from './support/service';
import { firstOwner } from './support/staff';

// One signed-in page for all of them.
test.describe.configure({ mode: 'serial' });

/** A service with an owner, components, a draft and an open incident. */
let service: Service;
let page: Page;
let draft: string;
let open: string;

test.beforeAll(async ({ browser }) => {
  service = await Service.start('serve', undefined, { ALLCLEAR_PUBLIC_URL: undefined });
  page = await firstOwner(browser, service);
  await page.goto(`${service.origin}/staff/components/groups/new`);
  await page.getByLabel('Name', { exact: true }).fill('Core');
  await page.getByRole('button', { name: 'Add the group' }).click();
  for (const name of ['Gateway', 'A component whose name is so long that it needs more than one line on a phone']) {
    await page.goto(`${service.origin}/staff/components/new`);
    await page.getByLabel('Name', { exact: true }).fill(name);
    if (name === 'Gateway') await page.getByLabel('Group').selectOption({ label: 'Core' });
    await page.getByRole('button', { name: 'Add the component' }).click();
  }
  draft = await written('Requests fail', 'Save as draft');
  open = await written('Logs arrive late', 'Publish');
});

test.afterAll(async () => {
  await page?.context().close();
  await service?.stop();
});

async function written(title: string, button: string): Promise<string> {
  await page.goto(`${service.origin}/staff/incidents/new`);
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('Message', { exact: true }).fill('Some requests fail. We are **looking** into it.');
  await page.getByLabel('Gateway').selectOption({ label: 'Partial outage' });
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page).toHaveURL(/\/staff\/incidents\/[a-z0-9]{12}$/);
  return new URL(page.url()).pathname;
}

const PAGES: [string, () => string][] = [
  ['the overview', () => '/staff'],
  ['the list of incidents', () => '/staff/incidents'],
  ['a new incident', () => '/staff/incidents/new'],
  ['a draft', () => draft],
  ['an open incident', () => open],
  ['the components', () => '/staff/components'],
  ['a new component', () => '/staff/components/new'],
  ['a new group', () => '/staff/components/groups/new'],
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

test('the menu of a phone leads everywhere and opens without a script', async () => {
  await page.route(/\.(js|wasm)$/, (route) => route.abort());
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${service.origin}/staff`);
  await page.getByText('Menu').click();
  await page.getByRole('navigation').getByRole('link', { name: 'Components' }).click();
  await expect(page.getByRole('heading', { name: 'Components', level: 1 })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.unroute(/\.(js|wasm)$/);
});

test('an incident is reported with the keyboard alone', async () => {
  await page.goto(`${service.origin}/staff/incidents/new`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  const title = page.getByLabel('Title', { exact: true });
  for (let presses = 0; presses < 5 && !(await title.evaluate((one) => one === document.activeElement)); presses += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('Uploads fail');
  // Return in a field looks at the preview: it never publishes.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeVisible();
  await expect(page.locator('#preview').getByText('We are looking into this.')).toBeVisible();
  await expect(title).toHaveValue('Uploads fail');
  await page.getByRole('button', { name: 'Save as draft' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('Saved as a draft. Nobody outside sees it.');
  await page.getByText('Delete this draft').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete the draft' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${service.origin}/staff/incidents`);
});

test('what is wrong is told beside its field, which has the focus', async () => {
  await page.goto(`${service.origin}/staff/incidents/new`);
  await page.getByLabel('Message', { exact: true }).fill('Words to keep.');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const title = page.getByLabel('Title', { exact: true });
  await expect(title).toBeFocused();
  await expect(title).toHaveAccessibleDescription(/The title is empty/);
  await expect(page.getByLabel('Message', { exact: true })).toHaveValue('Words to keep.');
});
