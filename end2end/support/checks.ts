import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test';

const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The narrowest screen that must show everything without scrolling sideways (WCAG 1.4.10). */
export const NARROW = { width: 320, height: 800 };
/** A usual window. */
export const WIDE = { width: 1280, height: 800 };
/** What is left of a usual window at 200 % zoom. */
export const HALF = { width: 640, height: 400 };
/** Smallest height of a control, in CSS pixels. */
const TARGET = 44;

/** No violation of WCAG 2.2 AA that can be found by machine. */
export async function accessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_AA).analyze();
  const told = violations.map(({ id, help, nodes }) => {
    return `${id} (${help}): ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`;
  });
  expect(told, `axe, ${where}`).toEqual([]);
}

const THEMES = ['light', 'dark'] as const;

/** In light and dark, wide and narrow. */
export async function accessibleEverywhere(page: Page): Promise<void> {
  const wide = page.viewportSize() ?? WIDE;
  await accessibleIn(page, [wide, NARROW].flatMap((size) => THEMES.map((theme) => [size, theme])));
}

/** A size of the window, and a theme. */
export type Look = [{ width: number; height: number }, 'light' | 'dark'];

/** In each of these sizes and themes. */
export async function accessibleIn(page: Page, looks: Look[]): Promise<void> {
  const before = page.viewportSize();
  for (const [size, colorScheme] of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await accessible(page, `${colorScheme}, ${size.width} px`);
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/** One h1, and no level left out on the way down. */
export async function orderedHeadings(page: Page): Promise<void> {
  const headings = await page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) =>
    all.map((one) => ({ level: Number(one.tagName.slice(1)), text: one.textContent?.trim() ?? '' })),
  );
  expect(headings.filter((one) => one.level === 1), 'h1').toHaveLength(1);
  expect(headings.filter((one) => one.text === ''), 'headings without text').toEqual([]);
  let before = 0;
  for (const { level, text } of headings) {
    expect(level, `level of the heading "${text}" after one of level ${before}`).toBeLessThanOrEqual(before + 1);
    before = level;
  }
}

/** Everything fits on the narrowest screen, and what is pressed there is large enough. */
export async function fitsNarrowScreen(page: Page): Promise<void> {
  const wide = page.viewportSize() ?? WIDE;
  await page.setViewportSize(NARROW);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, 'width of the document at 320 px').toBeLessThanOrEqual(NARROW.width);
  const beyond = await page.locator('body *').evaluateAll((all) => {
    // What scrolls by itself loses nothing; what is cut off does.
    const scrolls = (one: Element | null): boolean =>
      one !== null && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    return all
      .filter((one) => {
        const box = one.getBoundingClientRect();
        // What is folded away has a place, too, in which nobody sees it.
        const seen = box.width > 1 && one.checkVisibility() && !one.closest('.vh');
        return seen && box.right > document.documentElement.clientWidth + 1 && !scrolls(one);
      })
      .map((one) => `${one.tagName}.${one.getAttribute('class')}: ${one.textContent?.slice(0, 40)}`);
  });
  expect(beyond, 'elements that reach beyond the screen').toEqual([]);
  const small = await page.locator('nav a, summary, select, button').evaluateAll(
    (all, least) =>
      all
        .map((one) => ({ name: one.textContent?.trim(), height: one.getBoundingClientRect().height }))
        .filter((one) => one.height > 0 && one.height < least),
    TARGET,
  );
  expect(small, `controls lower than ${TARGET} px`).toEqual([]);
  await page.setViewportSize(wide);
}

/** Tabs once through the page; gives the stops that are off screen or carry no mark of focus. */
export async function unseenStops(page: Page): Promise<string[]> {
  const unseen: string[] = [];
  for (let stop = 0; stop < 300; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 'end';
      const box = focused.getBoundingClientRect();
      const style = getComputedStyle(focused);
      const onScreen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return onScreen && marked ? 'seen' : `${focused.tagName} ${focused.textContent?.slice(0, 40)}`;
    });
    if (seen === 'end') return unseen;
    if (seen !== 'seen') unseen.push(seen);
  }
  return unseen;
}
