import { type Browser, expect, type Page } from '@playwright/test';
import type { Service } from './service';

/** The password of everybody here. */
export const PASSWORD = 'a long enough password';

/** A page of a browser of its own, signed in as the first owner of a service. */
export async function firstOwner(browser: Browser, service: Service): Promise<Page> {
  const own = await (await browser.newContext()).newPage();
  await own.goto(service.printed(/Set up Allclear at (\S+)/));
  await own.getByLabel('Your e-mail address').fill('owner@example.com');
  await own.getByLabel('New password').fill(PASSWORD);
  await own.getByLabel('The same password again').fill(PASSWORD);
  await own.getByRole('button', { name: 'Become the owner' }).click();
  await expect(own).toHaveURL(`${service.origin}/staff`);
  return own;
}
