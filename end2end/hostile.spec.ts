import { accessibleEverywhere, fitsNarrowScreen, orderedHeadings } from './support/checks';
import { history, OUTAGE, withOutage } from './support/history';
import { serve } from './support/service';
import { expect, test } from './support/test';

/** The longest name on the wire, without a place to break it. */
const LONGEST = 'W'.repeat(255);
const MARKUP = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

/** Words nobody planned for: markup, code wider than any screen, tables, headings, text in the other direction. */
const WORDS = [
  MARKUP,
  '# A heading of the largest kind',
  `    ${'a line of a log that does not end, '.repeat(20)}`,
  `|${' a column |'.repeat(12)}\n|${' - |'.repeat(12)}\n|${' a cell with some words |'.repeat(12)}`,
  `${LONGEST}`,
  'مرحبا بالعالم \u202Edesrever',
  '[a link](javascript:document.title="owned") and ![a picture](https://elsewhere.example.test/pixel.png)',
].join('\n\n');

/** A service that holds all of it, and where it is shown. */
async function hostile() {
  const record = withOutage(history(), 'API');
  const api = record.components.find((one) => one.name === 'API');
  const outage = record.incidents.find((one) => one.id === OUTAGE.id);
  const update = outage?.incident_updates[0];
  if (!api || !outage || !update) throw new Error('the record lacks what this test changes');
  api.name = `${MARKUP} ${'M'.repeat(100)}`;
  outage.name = LONGEST;
  update.body = WORDS;
  const service = await serve(record);
  return { service, start: '/', history: '/history', incident: `/incidents/${outage.id}`, component: `/components/${api.id}` };
}

for (const where of ['start', 'history', 'incident', 'component'] as const) {
  test(`whatever is written and however long its name, the ${where} page holds it and runs none of it`, async ({ page }) => {
    const { service, ...addresses } = await hostile();
    try {
      await page.goto(service.origin + addresses[where]);
      await expect(page.locator('html')).toHaveAttribute('data-live', 'on');
      await expect(page).not.toHaveTitle('owned');
      await expect(page.locator('main img, main script, a[href^="javascript:"]')).toHaveCount(0);
      await fitsNarrowScreen(page);
      await orderedHeadings(page);
      await accessibleEverywhere(page);
    } finally {
      await page.close();
      await service.stop();
    }
  });
}
