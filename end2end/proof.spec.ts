import { accessibleEverywhere, fitsNarrowScreen } from './support/checks';
import { Mailbox } from './support/mailbox';
import { Service } from './support/service';
import { expect, test } from './support/test';

/** Requests of all together within an hour, above which a request has to show that it is no flood. */
const LIMIT = 200;

function ask(origin: string, number: number): Promise<Response> {
  const body = new URLSearchParams({ email: `flood${number}@example.com`, about: 'all', kinds: 'incidents' });
  return fetch(`${origin}/subscribe`, { method: 'POST', body, headers: { origin } });
}

async function flood(origin: string): Promise<void> {
  for (let begin = 0; begin < LIMIT; begin += 20) {
    const answers = await Promise.all([...Array(20).keys()].map((number) => ask(origin, begin + number)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200));
  }
}

test('while very many ask for mails a browser works for a moment and goes on, and without scripts the page says how', async ({ page, browser, trouble }) => {
  // The browser says of itself that an answer was a refusal.
  trouble.allow(/429/);
  const mailbox = await Mailbox.start();
  const service = await Service.start('serve', undefined, {
    ALLCLEAR_PUBLIC_URL: undefined,
    ALLCLEAR_SMTP_URL: mailbox.url,
    ALLCLEAR_MAIL_FROM: 'Example Status <status@example.com>',
    ALLCLEAR_SMTP_RATE: '0',
    ALLCLEAR_SUBSCRIBE_RATE: '100000',
  });
  const plain = await browser.newContext({ javaScriptEnabled: false });
  try {
    await flood(service.origin);
    const still = await plain.newPage();
    await still.goto(`${service.origin}/subscribe`);
    await still.getByLabel('Your e-mail address').first().fill('patient@example.com');
    await still.getByRole('button', { name: 'Subscribe' }).click();
    await expect(still.getByRole('heading', { level: 1 })).toHaveText('One moment');
    await expect(still.getByText('wait two minutes, then press the button')).toBeVisible();
    await expect(still.getByRole('button', { name: 'Go on' })).toBeVisible();
    await expect(still.getByText('Your browser is working')).toBeHidden();

    await page.goto(`${service.origin}/subscribe`);
    await page.getByLabel('Your e-mail address').first().fill('reader@example.com');
    const asked = page.waitForResponse((answer) => answer.status() === 429);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await asked;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your inbox', { timeout: 30_000 });
    await expect.poll(() => mailbox.to('reader@example.com').length, { timeout: 30_000 }).toBe(1);
    // The page goes on too soon to be looked at or even read: the same words, asked for once more and standing still.
    const refused = await ask(service.origin, LIMIT);
    expect(refused.status).toBe(429);
    const challenge = await refused.text();
    await page.route('**/subscribe', (route) => route.fulfill({ contentType: 'text/html', body: challenge.replace(/ data-challenge="[^"]*"/, '') }));
    await page.goto(`${service.origin}/subscribe`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('One moment');
    await fitsNarrowScreen(page);
    await accessibleEverywhere(page);
  } finally {
    await plain.close();
    await page.close();
    await service.stop();
    await mailbox.stop();
  }
});
