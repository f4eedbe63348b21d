import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Mail, Mailbox } from './support/mailbox';
import { Postgres } from './support/postgres';
import { Service } from './support/service';
import { Target } from './support/target';

const OWNER = 'owner@example.com';
const READER = 'reader@example.com';
const PASSWORD = 'a long enough password';
/** A fault with an interval of 2 s and 3 of 3 failures is on the page within this. */
const ON_THE_PAGE_MS = 9_000;
/** Longer than any wait of the service that is not a person's. */
const SOON_MS = 15_000;

for (const engine of ['SQLite', 'PostgreSQL'] as const) {
  test(`a probe fails, a person posts, a subscriber is told, on ${engine}`, async ({ page, browser }) => {
    test.setTimeout(90_000);
    page.setDefaultTimeout(SOON_MS);
    const trouble: string[] = [];
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(`${error}`));
    const [mailbox, target] = [await Mailbox.start(), await Target.start()];
    const postgres = engine === 'PostgreSQL' ? await Postgres.start() : undefined;
    const service = await Service.start('serve', undefined, {
      // Links in mails lead to this very process.
      ALLCLEAR_PUBLIC_URL: undefined,
      ALLCLEAR_SMTP_URL: mailbox.url,
      ALLCLEAR_MAIL_FROM: 'Example Status <status@example.com>',
      ALLCLEAR_UNDO_SECONDS: '1',
      ALLCLEAR_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
      ...(postgres && { ALLCLEAR_DATABASE_URL: postgres.address }),
    });
    const reader = await browser.newPage();
    const told = () => mailbox.to(READER).filter((mail) => mail.header('List-Unsubscribe'));
    try {
      await test.step('the first owner sets up', async () => {
        await page.goto(service.printed(/Set up Allclear at (\S+)/));
        await page.getByLabel('Your e-mail address').fill(OWNER);
        await page.getByLabel('New password').fill(PASSWORD);
        await page.getByLabel('The same password again').fill(PASSWORD);
        await page.getByRole('button', { name: 'Become the owner' }).click();
        await expect(page).toHaveURL(`${service.origin}/staff`);
      });

      await test.step('adds a component and a monitor', async () => {
        await page.goto(`${service.origin}/staff/components/new`);
        await page.getByLabel('Name', { exact: true }).fill('Gateway');
        await page.getByRole('button', { name: 'Add the component' }).click();
        await page.goto(`${service.origin}/staff/monitors/new`);
        await page.getByLabel('Name', { exact: true }).fill('Gateway health');
        await page.getByLabel('Address', { exact: true }).fill(target.url);
        await page.getByLabel('Seconds between checks').fill('2');
        await page.getByLabel('Component it speaks for').selectOption({ label: 'Gateway' });
        await page.getByRole('button', { name: 'Add the monitor' }).click();
        await expect(page.getByText('Gateway health').first()).toBeVisible();
        await shows(reader, service, page.getByText('Gateway health').first());
      });

      await test.step('a reader subscribes and confirms from the mail', async () => {
        await reader.goto(`${service.origin}/subscribe`);
        // Below it stands the form of those who are subscribed already.
        await reader.getByLabel(/e-mail address/i).first().fill(READER);
        await reader.getByRole('button', { name: 'Subscribe' }).click();
        await expect(reader.getByRole('heading', { name: 'Look into your inbox' })).toBeVisible();
        const [mail] = await within(() => mailbox.to(READER), 1);
        await reader.goto(mail!.link(/http:\S+\/confirm\/\S+/));
        await reader.getByRole('button', { name: 'Confirm' }).click();
        await expect(reader.getByRole('heading', { name: 'You are subscribed' })).toBeVisible();
      });

      await test.step('the target fails: the page turns, a draft waits, staff get a mail, readers do not', async () => {
        await expect.poll(() => status(service), { timeout: SOON_MS }).toBe('operational');
        target.status = 503;
        await expect.poll(() => status(service), { timeout: ON_THE_PAGE_MS, intervals: [250] }).toBe('major_outage');
        const [alert] = await within(() => mailbox.to(OWNER), 1);
        expect(alert!.part('text/plain')).toContain('http_503');
        await look(reader, service);
        await expect(reader.getByText('Major outage').first()).toBeVisible();
        expect(await reader.content(), 'where we look is nobody else\'s').not.toContain(target.url);
        expect(told()).toEqual([]);
      });

      await test.step('staff publish the draft in three actions at most', async () => {
        await page.goto(`${service.origin}/staff`);
        const actions = counted();
        await actions.click(page.getByRole('link', { name: 'Review and publish' }).first());
        await expect(page.getByText('503').first()).toBeVisible();
        await actions.click(page.getByRole('button', { name: 'Publish', exact: true }));
        await expect(page.getByRole('heading', { name: 'Post an update' })).toBeVisible();
        expect(actions.count).toBeLessThanOrEqual(3);
        await look(reader, service);
        await expect(reader.getByText('Investigating').first()).toBeVisible();
        await within(told, 1);
      });

      await test.step('staff post an update with the words that the preview showed', async () => {
        await page.getByLabel('Identified').first().check();
        await page.getByLabel('Message', { exact: true }).first().fill('A **bad deploy**. We are rolling it back.');
        await page.getByRole('button', { name: 'Preview' }).first().click();
        const preview = page.locator('#preview .md');
        await expect(preview).toHaveText('A bad deploy. We are rolling it back.');
        const shown = await preview.innerHTML();
        await page.getByRole('button', { name: 'Post the update' }).click();
        await expect(page.getByText('A bad deploy.').first()).toBeVisible();
        await look(reader, service);
        const article = reader.locator('.md', { hasText: 'bad deploy' }).first();
        expect(await article.innerHTML()).toBe(shown);
        await within(told, 2);
        expect(told()[1]!.part('text/html')).toContain(shown);
      });

      await test.step('the target is well again, and staff resolve', async () => {
        target.status = 200;
        await page.getByText('Resolve it now').click();
        await page.getByRole('button', { name: 'Resolve', exact: true }).click();
        await expect(page.getByRole('heading', { name: 'Reopen, or add to it' })).toBeVisible();
        await expect.poll(() => status(service), { timeout: SOON_MS }).toBe('operational');
        await within(told, 3);
      });

      await test.step('each mail came once, in one thread, under one subject', async () => {
        const mails = told();
        expect(new Set(mails.map((mail) => mail.header('Message-ID'))).size).toBe(3);
        expect(new Set(mails.map((mail) => mail.header('Subject'))).size).toBe(1);
        const root = mails[0]!.header('Message-ID');
        for (const later of mails.slice(1)) {
          expect(later.header('In-Reply-To')).toBe(root);
          expect(later.header('References').split(/\s+/)[0]).toBe(root);
        }
      });

      await test.step('the reader leaves and hears no more', async () => {
        await reader.goto(told()[2]!.link(/http:\S+\/unsubscribe\/\S+/));
        await reader.getByRole('button', { name: 'Unsubscribe' }).click();
        await expect(reader.getByRole('heading', { name: 'You are unsubscribed' })).toBeVisible();
        const before = mailbox.to(READER).length;
        await page.getByLabel('Message', { exact: true }).first().fill('One more word.');
        await page.getByRole('button', { name: 'Post the update' }).click();
        await expect(page.getByText('One more word.').first()).toBeVisible();
        await page.goto(`${service.origin}/staff/deliveries`);
        // The newest notice has gone through the outbox when nothing of it waits; only then does silence mean something.
        await expect.poll(() => waiting(page), { timeout: SOON_MS }).toBe(0);
        expect(mailbox.to(READER).length).toBe(before);
      });
      expect(trouble, 'console and page errors').toEqual([]);
    } finally {
      await reader.close();
      await service.stop();
      postgres?.stop();
      await target.stop();
      await mailbox.stop();
    }
  });
}

/** Clicks and counts. */
function counted() {
  return {
    count: 0,
    async click(what: Locator) {
      this.count += 1;
      await what.click();
    },
  };
}

/** Waits until as many mails came. */
async function within(mails: () => Mail[], count: number): Promise<Mail[]> {
  await expect.poll(() => mails().length, { timeout: SOON_MS }).toBeGreaterThanOrEqual(count);
  expect(mails().length, 'each once').toBe(count);
  return mails();
}

/** The page as it is now: what a browser kept of it for some seconds is asked anew. */
async function look(reader: Page, service: Service): Promise<void> {
  await reader.goto(service.origin);
  await reader.reload();
}

async function status(service: Service): Promise<string | undefined> {
  const { components } = await service.json<{ components: { name: string; status: string }[] }>('/api/v2/components.json');
  return components.find((component) => component.name === 'Gateway')?.status;
}

/** Deliveries that are not yet done, as the page of deliveries counts them. */
async function waiting(page: Page): Promise<number> {
  await page.reload();
  return page.getByText(/recipients are being found|waits in case it is taken back|\b[1-9]\d* (queued|being sent)/i).count();
}

async function shows(reader: Page, service: Service, seen: Locator): Promise<void> {
  await expect(seen).toBeVisible();
  await look(reader, service);
  await expect(reader.getByText('Gateway').first()).toBeVisible();
}
