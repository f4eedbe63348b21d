import type { Page } from '@playwright/test';
import { DAY } from './invented';
import { OPEN, PAST, type Platform, WORK } from './platforms';
import type { Service } from './service';

/** What a page can be in the middle of. */
export interface State {
  /** Names its picture too. */
  name: string;
  platform: Platform;
  address: (service: Service) => Promise<string>;
  /** What it answers, if not 200. */
  status?: number;
  /** What a reader does there first. */
  first?: (page: Page) => Promise<void>;
  /** It does not refresh itself. */
  still?: true;
  /** Looked at in German and Arabic too. */
  translated?: true;
}

interface Named {
  id: string;
  name: string;
}

interface Record {
  incidents: (Named & { status: string })[];
  scheduled_maintenances: (Named & { status: string })[];
  components: (Named & { group: boolean; status: string })[];
}

/** An address that leads nowhere. */
const NOWHERE = '/nothing-is-here';

const at = (address: string) => async () => address;

async function listed<K extends keyof Record>(service: Service, kind: K): Promise<Record[K]> {
  const file = kind === 'scheduled_maintenances' ? 'scheduled-maintenances' : kind;
  return (await service.json<Record>(`/api/v2/${file}.json`))[kind];
}

function one<T>(all: T[], wanted: (one: T) => boolean, what: string): T {
  const found = all.find(wanted);
  if (!found) throw new Error(`the service shows no ${what}`);
  return found;
}

/** The incident of that name. */
export const incident = (name: string) => async (service: Service) =>
  `/incidents/${one(await listed(service, 'incidents'), (one) => one.name === name, name).id}`;

/** An incident that is not over. */
async function anOpenOne(service: Service): Promise<string> {
  return `/incidents/${one(await listed(service, 'incidents'), (one) => !['resolved', 'postmortem'].includes(one.status), 'open incident').id}`;
}

/** The planned work whose name has these words, and a status if one is asked for. */
export const work = (name: string, status?: string) => async (service: Service) => {
  const wanted = (one: Named & { status: string }) => one.name.includes(name) && (!status || one.status === status);
  return `/incidents/${one(await listed(service, 'scheduled_maintenances'), wanted, name).id}`;
};

/** A component that is not well, or else the first. */
export async function component(service: Service): Promise<string> {
  const leaves = (await listed(service, 'components')).filter((one) => !one.group);
  return `/components/${(leaves.find((one) => one.status !== 'operational') ?? one(leaves, () => true, 'component')).id}`;
}

/** An incident with a published post-mortem. */
export async function explained(service: Service): Promise<string> {
  return `/incidents/${one(await listed(service, 'incidents'), (one) => one.status === 'postmortem', 'post-mortem').id}`;
}

/** Where the first link of that text leads; the pattern of an address says which links are meant. */
export const linked = (from: string, link: RegExp) => async (service: Service) => {
  const found = link.exec(await (await fetch(service.origin + from)).text())?.[1];
  if (!found) throw new Error(`${from} has no ${link}`);
  return found;
};

/** The oldest month of the history in which something happened. */
export async function oldestMonth(service: Service): Promise<string> {
  const html = await (await fetch(`${service.origin}/history`)).text();
  const oldest = [...html.matchAll(/href="(\/history\?month=\d{4}-\d{2})"[^>]*aria-label="[^"]*entr/g)].at(-1)?.[1];
  if (!oldest) throw new Error('the index of months is empty');
  return oldest;
}

/** A day that is over, as addresses name it. */
const yesterday = () => new Date(Date.now() - DAY).toISOString().slice(0, 10);

/** What the mails and pages of two readers of a demonstration lead to: one has not confirmed yet, one has. */
interface Letters {
  confirm: string;
  subscription: string;
  unsubscribe: string;
  /** For the readers of a shared address. */
  leave: string;
}

/** Subscribing is limited for each address, as it should be: each demonstration is asked once, whatever the number of tests. */
const asked = new WeakMap<Service, Promise<Letters>>();

const letter = (kind: keyof Letters) => async (service: Service) => {
  const letters = asked.get(service) ?? subscribed(service);
  asked.set(service, letters);
  return (await letters)[kind];
};

async function subscribed(service: Service): Promise<Letters> {
  const link = await confirmation(service, 'follower@example.com');
  const done = await (await posted(service, link, {})).text();
  const subscription = found(done, /\/subscription\/[\w-]+/);
  const unsubscribe = found(await (await fetch(service.origin + subscription)).text(), /\/unsubscribe\/[\w-]+/);
  return { confirm: await confirmation(service, 'reader@example.com'), subscription, unsubscribe, leave: await leaving(service) };
}

/** Where the mail leads that asks whether a shared address leaves. */
async function leaving(service: Service): Promise<string> {
  const email = 'team@example.com';
  const done = await (await posted(service, await confirmation(service, email), {})).text();
  const subscription = found(done, /\/subscription\/[\w-]+/);
  await posted(service, subscription, { about: 'all', kinds: 'incidents', shared: 'on' });
  await posted(service, found(await (await fetch(service.origin + subscription)).text(), /\/unsubscribe\/[\w-]+/), {});
  return mailed(service, email, /\/leave\/[\w-]+/);
}

/** The page on which the follower chooses what becomes of the mails about an open incident. */
async function mute(service: Service): Promise<string> {
  const token = (await letter('subscription')(service)).split('/').at(-1);
  return `${await anOpenOne(service)}/mute/${token}`;
}

/** Where the link of the mail leads that a new subscriber of the demonstration gets. */
async function confirmation(service: Service, email: string): Promise<string> {
  await posted(service, '/subscribe', { email, about: 'all', kinds: 'incidents' });
  return mailed(service, email, /\/confirm\/[\w-]+/);
}

/** The link of that kind in a mail to an address, once the mail is there. */
async function mailed(service: Service, email: string, wanted: RegExp): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const mails = await (await fetch(`${service.origin}/demo/mails`)).text();
    for (const [, mail] of mails.matchAll(/href="(\/demo\/mails\/\d+)"/g)) {
      const text = await (await fetch(service.origin + mail)).text();
      const link = text.includes(email) && wanted.exec(text);
      if (link) return link[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail came to ${email}`);
}

async function posted(service: Service, address: string, fields: Record<string, string>): Promise<Response> {
  const answer = await fetch(service.origin + address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
  if (!answer.ok) throw new Error(`${address} was answered ${answer.status}`);
  return answer;
}

function found(text: string, link: RegExp): string {
  const match = link.exec(text);
  if (!match) throw new Error(`no ${link} in ${text}`);
  return match[0];
}

/** The document of the demonstration that was revised, with all that a post-mortem can have. */
export const TITLE = 'Why the API failed twice in three days';
/** Its address. */
export const revised = linked('/post-mortems', new RegExp(`href="(/post-mortems/[a-z0-9]+)"[^>]*>${TITLE}<`));

/** Sends an address that is none, past what a browser itself would say of it. */
async function subscribeWrongly(page: Page): Promise<void> {
  const form = page.locator('main form').first();
  await form.evaluate((one) => one.setAttribute('novalidate', ''));
  await form.locator('input[name="email"]').fill('nobody at nowhere');
  await form.locator('input[name="email"]').press('Enter');
  await page.locator('main [aria-invalid="true"]').waitFor();
}

/** Every state that readers may find a page in. */
export const STATES: State[] = [
  { name: 'ok', platform: 'imported', address: at('/') },
  { name: 'incidents', platform: 'busy', address: at('/'), translated: true },
  { name: 'maintenance', platform: 'planned', address: at('/'), translated: true },
  { name: 'red', platform: 'red', address: at('/') },
  { name: 'empty', platform: 'empty', address: at('/'), translated: true },
  { name: 'large', platform: 'large', address: at('/') },
  { name: 'demo', platform: 'demo', address: at('/'), translated: true },
  { name: 'not-found', platform: 'demo', address: at(NOWHERE), status: 404, translated: true },
  { name: 'incident-open', platform: 'busy', address: incident(OPEN[0]), translated: true },
  { name: 'incident-edited', platform: 'planned', address: incident(PAST.edited) },
  { name: 'incident-backdated', platform: 'planned', address: incident(PAST.later) },
  { name: 'incident-explained', platform: 'planned', address: incident(PAST.explained), translated: true },
  { name: 'incident-promised', platform: 'planned', address: incident(PAST.promised) },
  { name: 'incident-imported', platform: 'imported', address: explained },
  { name: 'work-under-way', platform: 'planned', address: work(WORK.now), translated: true },
  { name: 'work-moved', platform: 'planned', address: work(WORK.moved) },
  { name: 'work-undated', platform: 'planned', address: linked('/', new RegExp(`href="(/incidents/[a-z0-9]+)"[^>]*>${WORK.undated}<`)) },
  { name: 'work-again', platform: 'planned', address: work(WORK.again) },
  { name: 'work-over', platform: 'demo', address: work('certificates', 'completed') },
  { name: 'component', platform: 'busy', address: component, translated: true },
  { name: 'component-day', platform: 'busy', address: async (service) => `${await component(service)}/days/${yesterday()}` },
  { name: 'uptime', platform: 'busy', address: at('/uptime'), translated: true },
  { name: 'history', platform: 'demo', address: at('/history'), translated: true },
  { name: 'history-filtered', platform: 'demo', address: at('/history?impact=major&kind=incident') },
  { name: 'history-refused', platform: 'demo', address: at('/history?month=2026-13&impact=bad'), status: 400, translated: true },
  { name: 'history-month', platform: 'imported', address: oldestMonth },
  { name: 'post-mortems', platform: 'demo', address: at('/post-mortems'), translated: true },
  { name: 'post-mortem', platform: 'demo', address: revised, still: true, translated: true },
  { name: 'post-mortem-before', platform: 'demo', address: async (service) => `${await revised(service)}/revisions/1`, still: true },
  { name: 'follow-ups', platform: 'demo', address: at('/follow-ups'), translated: true },
  { name: 'subscribe', platform: 'demo', address: at('/subscribe'), still: true, translated: true },
  { name: 'subscribe-wrong', platform: 'demo', address: at('/subscribe'), first: subscribeWrongly, still: true, translated: true },
  { name: 'confirm', platform: 'demo', address: letter('confirm'), still: true, translated: true },
  { name: 'subscription', platform: 'demo', address: letter('subscription'), still: true, translated: true },
  { name: 'unsubscribe', platform: 'demo', address: letter('unsubscribe'), still: true, translated: true },
  { name: 'subscription-link', platform: 'demo', address: at('/subscription'), still: true, translated: true },
  { name: 'mute', platform: 'demo', address: mute, still: true, translated: true },
  { name: 'leave', platform: 'demo', address: letter('leave'), still: true, translated: true },
  { name: 'follow', platform: 'demo', address: async (service) => `${await anOpenOne(service)}/follow`, still: true, translated: true },
  { name: 'vote', platform: 'demo', address: linked('/follow-ups', /href="(\/follow-ups\/[a-z0-9]+\/vote)"/), still: true, translated: true },
];
