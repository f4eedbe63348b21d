import { expect, type Page, test } from '@playwright/test';
import { Service } from './support/service';
import { firstOwner } from './support/staff';

/** What a browser must not be given: it draws, and does more than that. */
const HOSTILE = [
  ['a script in it', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'],
  ['a handler', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><path d="M0 0h9v9z"/></svg>'],
  ['a page in it', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><foreignObject><p>x</p></foreignObject></svg>'],
  ['a picture from elsewhere', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="https://example.com/x.png"/></svg>'],
] as const;
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 36" width="120" height="36"><path d="M0 0h120v36H0z" fill="#0e6b5c"/></svg>';
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32"><path d="M0 0h32v32H0z" fill="#0e6b5c"/></svg>';

let service: Service;
let staff: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  service = await Service.start('serve', undefined, { ALLCLEAR_PUBLIC_URL: undefined });
  staff = await firstOwner(browser, service);
  await staff.goto(`${service.origin}/staff/components/new`);
  await staff.getByLabel('Name', { exact: true }).fill('Gateway');
  await staff.getByRole('button', { name: 'Add the component' }).click();
});

test.afterAll(async () => {
  await staff?.context().close();
  await service?.stop();
});

/** Uploads a drawing as the picture of that name. */
async function upload(label: string, content: string): Promise<void> {
  await staff.goto(`${service.origin}/staff/look`);
  const form = staff.locator('form', { has: staff.getByLabel(label, { exact: true }) });
  await form.getByLabel(label, { exact: true }).setInputFiles({ name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(content) });
  await form.getByRole('button', { name: /^(Upload|Replace)$/ }).click();
}

/** The page as readers who ask now are given it. */
async function look(page: Page): Promise<void> {
  await page.goto(service.origin);
  await page.reload();
}

/** Text of the icon that the page names. */
async function icon(page: Page): Promise<string> {
  const address = await page.locator('link[rel=icon]').first().getAttribute('href');
  return (await fetch(new URL(address ?? '', service.origin))).text();
}

for (const [what, drawing] of HOSTILE) {
  test(`a drawing with ${what} is refused in words, beside its field`, async ({ page }) => {
    await upload('Logo', drawing);
    const field = staff.getByLabel('Logo', { exact: true });
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(staff.locator('#f-logo-wrong')).toContainText(/This SVG .+/);
    await look(page);
    await expect(page.locator('.brand img')).toHaveCount(0);
  });
}

test('a colour that cannot be read is refused, and the sentence names one that can', async ({ page }) => {
  await staff.goto(`${service.origin}/staff/look`);
  const field = staff.getByLabel('Accent on a light ground');
  await field.fill('#7fd6c2');
  await staff.getByRole('button', { name: 'Save' }).click();
  const told = staff.locator('#f-accent-wrong');
  await expect(told).toContainText('#7fd6c2 has a contrast of 1.54:1 on the light ground; links and buttons need 4.5:1.');
  await expect(field, 'what was written is kept').toHaveValue('#7fd6c2');
  await look(page);
  expect(await accent(page)).not.toBe('rgb(127, 214, 194)');
  const better = /The nearest that passes is (#[0-9a-f]{6})/.exec(await told.innerText())?.[1] ?? '';
  await field.fill(better);
  await staff.getByRole('button', { name: 'Save' }).click();
  await expect(staff.locator('#f-accent-wrong')).toHaveCount(0);
  await look(page);
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(better.slice(at, at + 2), 16));
  expect(await accent(page)).toBe(`rgb(${red}, ${green}, ${blue})`);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await accent(page), 'lightened for the dark ground').not.toBe(`rgb(${red}, ${green}, ${blue})`);
});

/** The colour of a link of the page. */
function accent(page: Page): Promise<string> {
  return page.locator('.feeds a').first().evaluate((one) => getComputedStyle(one).color);
}

test('logo and icon are on the page, and the icon and title follow the status', async ({ page }) => {
  await upload('Logo', LOGO);
  await upload('Icon', ICON);
  await look(page);
  const logo = page.locator('.brand img:visible');
  await expect(logo).toHaveCount(1);
  await expect(logo).toHaveAttribute('alt', /.+/);
  await expect.poll(() => logo.evaluate((one: HTMLImageElement) => one.naturalWidth), 'it is drawn').toBeGreaterThan(0);
  await expect(page).toHaveTitle(/^All Systems Operational/);
  const calm = await icon(page);
  await staff.goto(`${service.origin}/staff/incidents/new`);
  await staff.getByLabel('Title', { exact: true }).fill('Requests fail');
  await staff.getByLabel('Message', { exact: true }).fill('We look into it.');
  await staff.getByLabel('Gateway').selectOption({ label: 'Major outage' });
  await staff.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(staff).toHaveURL(/\/staff\/incidents\/[a-z0-9]{12}$/);
  await look(page);
  await expect(page).toHaveTitle(/^(?!All Systems Operational).*Outage/);
  expect(await icon(page), 'the icon carries a mark').not.toBe(calm);
});
