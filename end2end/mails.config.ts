import { defineConfig } from '@playwright/test';
import browser from './playwright.config';

/** `make mails`: pictures of every kind of mail, not a test. */
export default defineConfig(browser, { testMatch: ['mails.ts'], fullyParallel: false, workers: 1 });
