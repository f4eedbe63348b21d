import { defineConfig } from '@playwright/test';
import browser from './playwright.config';

/** `make screenshots`: pictures of the pages, not a test. */
export default defineConfig(browser, { testMatch: ['screenshots.ts', 'screenshots-staff.ts'], fullyParallel: false, workers: 1 });
