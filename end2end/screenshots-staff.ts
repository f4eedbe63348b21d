import path from 'node:path';
import { expect, test } from '@playwright/test';
import { demo } from './support/service';

const FOLDER = path.resolve(import.meta.dirname, '../docs/screenshots');
const SIGN_IN = /Sign in at \S+ as (\S+) with the password/;

for (const [size, width, colorScheme] of [['wide', 1000, 'light'], ['phone', 390, 'dark']] as const) {
  test(`staff, ${size}, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    const service = await demo();
    try {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${service.origin}/staff`);
      await page.getByLabel(/e-mail/i).fill(service.printed(SIGN_IN));
      await page.getByLabel(/password/i).fill(service.printed(/with the password "([^"]+)"/));
      await page.getByRole('button', { name: 'Sign in' }).click();
      const draft = page.getByRole('link', { name: 'Review and publish' }).first();
      await expect(async () => {
        await page.reload();
        await expect(draft).toBeVisible({ timeout: 500 });
      }).toPass({ timeout: 60_000 });
      await page.screenshot({ path: path.join(FOLDER, `staff-home-${size}-${colorScheme}.png`), fullPage: true });
      await draft.click();
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.locator('#preview')).toBeVisible();
      await page.screenshot({ path: path.join(FOLDER, `staff-draft-${size}-${colorScheme}.png`), fullPage: true });
    } finally {
      await service.stop();
    }
  });
}
