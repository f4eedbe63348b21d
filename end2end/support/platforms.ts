import { Api, type Row } from './api';
import { history } from './history';
import { DAY, dice, HOUR, Invented, MINUTE } from './invented';
import { demo, Service } from './service';

/** What a service can show. */
export type Platform = keyof typeof PLATFORMS;

/** How each of them comes to be. */
export const PLATFORMS = {
  /** The published history of a real platform, all well. */
  imported: () => unhurried(history()),
  /** The demonstration: incidents, planned work, post-mortems and follow-ups at once. */
  demo,
  /** Nothing was said yet. */
  empty: () => unhurried(),
  /** Fifty components with ninety days each, three open incidents. */
  busy,
  /** Every component is down. */
  red,
  /** Two hundred components, all well. */
  large: () => unhurried(new Invented('Large Platform', numbered(25, 8)).hurt(40, dice(3)).history()),
  /** Planned work of every kind; incidents that were edited, told later and explained. */
  planned,
};

/** Without the limits that are meant for strangers. */
function unhurried(record?: object): Promise<Service> {
  return Service.start('serve', record, { ALLCLEAR_API_RATE: '0', ALLCLEAR_CONNECTIONS_PER_ADDRESS: '0' });
}

/** So many groups of so many components. */
function numbered(groups: number, size: number): Record<string, string[]> {
  const names = (group: number) => Array.from({ length: size }, (_, at) => `Service ${group * size + at + 1}`);
  return Object.fromEntries(Array.from({ length: groups }, (_, group) => [`Region ${group + 1}`, names(group)]));
}

/** Its three incidents, the newest first. */
export const OPEN = ['Requests to the API time out', 'Builds wait for a free worker', 'Mails arrive late'] as const;

async function busy(): Promise<Service> {
  const [api, builds, mails] = OPEN;
  const record = new Invented('Fifty Services', numbered(10, 5)).hurt(60, dice(7));
  record.told(mails, 'minor', [
    [9 * HOUR, 'investigating', 'Our mail provider reports delays of up to an hour.', [['Service 41', 'degraded_performance']]],
    [7 * HOUR, 'monitoring', 'The provider sends again. We watch the queue until it is empty.'],
  ]);
  record.told(builds, 'major', [
    [3 * HOUR, 'investigating', 'Builds stay queued. We look into it.', [['Service 12', 'partial_outage']]],
    [2 * HOUR, 'identified', 'A region lost half its workers.\n\n- New ones are on their way.\n- Nothing that was built is lost.'],
  ]);
  record.told(api, 'critical', [
    [50 * MINUTE, 'investigating', 'Requests time out and we look into it.', [['Service 1', 'partial_outage']]],
    [
      20 * MINUTE,
      'identified',
      'The primary database ran out of connections after a deployment. We are **rolling it back**; about a third of requests fail until then.',
      [['Service 1', 'major_outage'], ['Service 2', 'degraded_performance']],
    ],
  ]);
  const service = await unhurried(record.history());
  const writer = await Api.of(service);
  const open = await writer.send<{ id: string; name: string }[]>('GET', '/incidents/unresolved');
  const worst = open.find((one) => one.name === api);
  await writer.send('PATCH', `/incidents/${worst?.id}`, { incident: { next_update_at: ahead(40 * MINUTE) } });
  await writer.send('POST', '/announcements', {
    announcement: { body: 'From 1 December the API answers on `api.example.test` only.', expires_at: ahead(30 * DAY) },
  });
  return service;
}

async function red(): Promise<Service> {
  const record = new Invented('Everything Is Down', numbered(4, 3)).hurt(10, dice(5));
  record.told('Our only datacentre is without power', 'critical', [
    [
      35 * MINUTE,
      'investigating',
      'The power failed and nothing answers. We are on site.',
      record.names.map((name): [string, 'major_outage'] => [name, 'major_outage']),
    ],
  ]);
  return unhurried(record.history());
}

/** Titles of planned work, by what is special about each. */
export const WORK = {
  now: 'Database upgrade',
  soon: 'New switches in Frankfurt',
  moved: 'Move to a larger datacentre',
  undated: 'Retirement of the old API',
  again: 'Renewal of certificates',
} as const;
/** Titles of incidents that are over, by what is special about each. */
export const PAST = {
  edited: 'Slow answers in the morning',
  later: 'Lost webhooks',
  explained: 'The dashboard could not be reached',
  promised: 'Uploads failed',
} as const;

async function planned(): Promise<Service> {
  const groups = { Core: ['API', 'Dashboard', 'Webhooks'], Data: ['Database', 'Storage', 'Backups'] };
  const record = new Invented('Planned Platform', groups).hurt(8, dice(11)).told(PAST.promised, 'major', [
    [4 * HOUR, 'investigating', 'Uploads fail. We look into it.', [['Storage', 'partial_outage']]],
    [3 * HOUR, 'resolved', 'A full disk was replaced.', [['Storage', 'operational']]],
  ]);
  record.told(PAST.explained, 'critical', [
    [5 * DAY, 'investigating', 'Nobody can sign in. We look into it.', [['Dashboard', 'major_outage']]],
    [5 * DAY - HOUR, 'monitoring', 'A certificate had expired and was renewed.', [['Dashboard', 'degraded_performance']]],
    [5 * DAY - 2 * HOUR, 'resolved', 'Everybody can sign in again.', [['Dashboard', 'operational']]],
  ]);
  record.told(PAST.edited, 'minor', [
    [2 * DAY, 'investigating', 'Some answers took long.', [['API', 'degraded_performance']]],
    [2 * DAY - HOUR, 'resolved', 'A cache was full.', [['API', 'operational']]],
  ]);
  const service = await unhurried(record.history());
  const writer = await Api.of(service);
  await announce(writer);
  await lookBack(writer);
  return service;
}

async function announce(writer: Api): Promise<void> {
  const { API, Database, Storage, Webhooks } = await components(writer);
  const plan = (name: string, message: string, ids: (string | undefined)[], more: object) =>
    writer.send('POST', '/incidents', { incident: { name, message, component_ids: ids, status: 'scheduled', deliver_notifications: false, ...more } });
  const window = (from: number, hours: number) => ({ scheduled_for: ahead(from), scheduled_until: ahead(from + hours * HOUR) });
  const now = await plan(WORK.now, 'The database moves to a new version. Reads go on; writes wait for up to a minute.', [Database], {
    ...window(5 * MINUTE, 2),
    expected_downtime_minutes: 1,
    worst_downtime_minutes: 20,
  });
  await writer.send('PATCH', `/incidents/${now.id}`, { incident: { status: 'in_progress', message: 'We have begun.' } });
  await plan(WORK.soon, 'We replace the switches of one row after the other. No request should fail.', [API, Webhooks], window(3 * DAY, 4));
  const moved = await plan(WORK.moved, 'All storage moves. It is read-only meanwhile.', [Storage], window(6 * DAY, 6));
  await writer.send('PATCH', `/incidents/${moved.id}`, {
    incident: { ...window(9 * DAY, 8), message: 'The new racks arrive later than promised.' },
  });
  await plan(WORK.undated, 'The old API will be retired next year. We will give the date here, three months ahead.', [API], {});
  await plan(WORK.again, 'Certificates are renewed. Nothing is interrupted.', [API], { ...window(2 * DAY, 1), rrule: 'FREQ=WEEKLY;COUNT=6' });
}

async function lookBack(writer: Api): Promise<void> {
  const all = await writer.send<Row[]>('GET', '/incidents');
  const found = (name: string) => {
    const one = all.find((incident) => incident.name === name);
    if (!one) throw new Error(`no incident is called ${name}`);
    return one;
  };
  const edited = found(PAST.edited);
  await writer.send('PATCH', `/incidents/${edited.id}/incident_updates/${edited.incident_updates[0]?.id}`, {
    incident_update: { body: 'A cache was full, and **nobody was told** because its alarm had been muted.' },
  });
  await writer.send('POST', '/incidents', {
    incident: {
      name: PAST.later,
      message: 'Webhooks of one hour were lost. They have been sent again.',
      backfilled: true,
      backfill_date: ahead(-7 * DAY).slice(0, 10),
      deliver_notifications: false,
    },
  });
  const document = `/incidents/${found(PAST.explained).id}/postmortem`;
  await writer.send('PUT', document, { postmortem: { title: 'Why nobody could sign in', body_draft: EXPLANATION } });
  await writer.send('PUT', `${document}/publish`, { postmortem: { notify_subscribers: false } });
  const documents = await writer.send<{ id: string; title: string }[]>('GET', '/postmortems');
  await writer.send('POST', '/action_items', {
    action_item: {
      postmortem_id: documents.find((one) => one.title === 'Why nobody could sign in')?.id,
      title: 'Renew certificates a month ahead',
      state: 'underway',
      due_on: ahead(20 * DAY).slice(0, 10),
    },
  });
  await writer.send('PUT', `/incidents/${found(PAST.promised).id}/postmortem`, { postmortem: { due_at: ahead(5 * DAY) } });
}

const EXPLANATION = `## Summary

For two hours nobody could sign in, because a certificate had expired.

## Causes

The renewal had failed for a month, and its mails went to somebody who had left.

## Near-term plans

Alarms go to a team, never to one person.
`;

async function components(writer: Api): Promise<Record<string, string>> {
  const all = await writer.send<Row[]>('GET', '/components');
  return Object.fromEntries(all.map((one) => [one.name, one.id]));
}

/** An instant so many milliseconds from now. */
function ahead(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString();
}
