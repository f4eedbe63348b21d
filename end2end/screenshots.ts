import path from 'node:path';
import { expect, test } from './support/test';

const FOLDER = path.resolve(import.meta.dirname, '../docs/screenshots');

interface Incidents {
  incidents: { id: string; status: string }[];
}

for (const platform of ['demo', 'imported'] as const) {
  test.describe(platform, () => {
    test.use({ platform });

    for (const [size, width] of [['wide', 1000], ['phone', 360]] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        test(`${platform}, ${size}, ${colorScheme}`, async ({ page, service }) => {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          const { incidents } = await service.json<Incidents>('/api/v2/incidents.json');
          const told = incidents.find((one) => one.status === 'postmortem') ?? incidents[0];
          const pages = { home: '/', history: '/history', incident: `/incidents/${told?.id}` };
          for (const [name, address] of Object.entries(pages)) {
            await page.goto(service.origin + address);
            await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
            await page.screenshot({ path: path.join(FOLDER, `${platform}-${name}-${size}-${colorScheme}.png`), fullPage: true });
          }
        });
      }
    }
  });
}
