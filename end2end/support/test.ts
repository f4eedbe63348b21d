import { type BrowserContext, type ConsoleMessage, type Page, test as base, expect } from '@playwright/test';
import { type Platform, PLATFORMS } from './platforms';
import { isOurs, type Service } from './service';

/** Collects whatever a page should not do; a test that ends with anything in it has failed. */
export class Trouble {
  readonly list: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Lets pass what the test itself brings about. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** Scripts and islands do not arrive, as behind a filtering proxy. What the browser says of that is no trouble. */
  async blockScripts(page: Page): Promise<void> {
    await page.route(SCRIPTS, (route) => route.abort());
    this.allow(/\.(js|wasm)$/);
  }

  /** Listens to everything the context's pages do. */
  watch(context: BrowserContext): void {
    context.on('console', (message) => this.console(message));
    context.on('weberror', (error) => this.add(`page error: ${error.error()}`));
    context.on('request', (request) => {
      const url = request.url();
      if (/^https?:/.test(url) && !isOurs(url)) this.add(`request to another origin: ${url}`);
      if (request.resourceType() === 'font') this.add(`font: ${url}`);
    });
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // Leaving a page ends what it was asking for.
      if (why !== 'net::ERR_ABORTED') this.add(`request failed (${why}): ${request.url()}`);
    });
    context.on('response', (response) => {
      if ('set-cookie' in response.headers()) this.add(`cookie set by ${response.url()}`);
    });
  }

  private console(message: ConsoleMessage): void {
    if (message.type() === 'error' || message.type() === 'warning') {
      this.add(`console ${message.type()}: ${message.text()} at ${message.location().url}`);
    }
  }

  private add(text: string): void {
    if (!this.allowed.some((pattern) => pattern.test(text))) this.list.push(text);
  }
}

const SCRIPTS = /\.(js|wasm)$/;

interface PerTest {
  /** Which platform the service shows. */
  platform: Platform;
  /** The service of the platform; tests only read it. One per worker is started, when it is first asked for. */
  service: Service;
  trouble: Trouble;
}

interface PerWorker {
  started: (platform: Platform) => Promise<Service>;
}

export const test = base.extend<PerTest, PerWorker>({
  started: [
    async ({}, use) => {
      const services = new Map<Platform, Promise<Service>>();
      await use((platform) => {
        const service = services.get(platform) ?? PLATFORMS[platform]();
        services.set(platform, service);
        return service;
      });
      for (const service of await Promise.allSettled(services.values())) {
        if (service.status === 'fulfilled') await service.value.stop();
      }
    },
    { scope: 'worker' },
  ],
  platform: ['imported', { option: true }],
  service: async ({ started, platform }, use) => use(await started(platform)),
  trouble: [
    async ({ context }, use) => {
      const trouble = new Trouble();
      trouble.watch(context);
      // The browser prints violations of the policy on its console; saying it again keeps that from depending on its wording.
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (violation) => {
          console.error(`policy violated: ${violation.violatedDirective} ${violation.blockedURI}`);
        });
      });
      await use(trouble);
      expect(await context.cookies(), 'cookies of the page').toEqual([]);
      expect(trouble.list, 'console, page errors, failed and foreign requests').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
