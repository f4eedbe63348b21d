import type { Component, History, Incident, Update } from './history';

/** Milliseconds of a minute, an hour and a day. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Days of history that components of an invented platform have: more than a strip shows. */
const WATCHED_DAYS = 95;

type Status = 'operational' | 'degraded_performance' | 'partial_outage' | 'major_outage' | 'under_maintenance';
type Impact = 'none' | 'minor' | 'major' | 'critical';

/** What one message said: how long ago, where things stood, its words, and what became of components. */
type Words = [ago: number, status: string, body: string, became?: [component: string, status: Status][]];

/** Random numbers that are the same in every run. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The published record of a platform that nobody runs, in the field's public shape. */
export class Invented {
  private readonly record: History;
  /** Names of the components, in their order. */
  readonly names: string[] = [];
  private count = 0;

  /** Groups with their components, watched for longer than a strip is: what was before the first word is not measured. */
  constructor(
    name: string,
    groups: Record<string, string[]>,
    private readonly now = Date.now(),
  ) {
    const page = { id: this.id('page'), name, time_zone: 'Europe/Berlin' };
    this.record = { page, components: [], incidents: [], scheduled_maintenances: [] };
    for (const [group, members] of Object.entries(groups)) {
      const group_id = this.component(group, null, true);
      for (const member of members) this.component(member, group_id, false);
      this.names.push(...members);
    }
    const well = this.names.map((one): [string, Status] => [one, 'operational']);
    this.told('We moved this page', 'none', [[WATCHED_DAYS * DAY, 'resolved', 'Everything is measured from now on.', well]]);
  }

  /** An incident, its messages oldest first. */
  told(name: string, impact: Impact, messages: Words[]): this {
    const updates = messages.map(([ago, status, body, became = []]): Update => {
      const at = this.ago(ago);
      const effects = became.map(([component, to]) => this.effect(this.leaf(component), to));
      return {
        id: this.id('upd'),
        status,
        body,
        created_at: at,
        updated_at: at,
        display_at: at,
        affected_components: effects.length > 0 ? effects : null,
      };
    });
    const [first, last] = [updates[0], updates.at(-1)];
    if (!first || !last) throw new Error(`nothing is said of ${name}`);
    const touched = new Set(messages.flatMap(([, , , became = []]) => became.map(([component]) => this.leaf(component).id)));
    const over = ['resolved', 'postmortem'].includes(last.status);
    const incident: Incident = {
      id: this.id('inc'),
      name,
      status: last.status,
      impact,
      created_at: first.created_at,
      updated_at: last.created_at,
      started_at: first.created_at,
      resolved_at: over ? last.created_at : null,
      incident_updates: updates.reverse(),
      components: [...touched].map((id) => ({ id })),
    };
    this.record.incidents.unshift(incident);
    return this;
  }

  /** Short failures over the last days, each of one component, as they happen to everybody. */
  hurt(number: number, next: (below: number) => number): this {
    const kinds: [Status, Impact][] = [['degraded_performance', 'minor'], ['partial_outage', 'major'], ['major_outage', 'critical']];
    for (let at = 0; at < number; at += 1) {
      const name = this.names[next(this.names.length)]!;
      const [status, impact] = kinds[next(kinds.length)]!;
      const ago = (3 + next(85)) * DAY + next(DAY);
      this.told(`${name} answers slowly`, impact, [
        [ago, 'investigating', 'Some requests take long or fail. We look into it.', [[name, status]]],
        [ago - (10 + next(180)) * MINUTE, 'resolved', 'A worker was replaced; requests are answered as usual.', [[name, 'operational']]],
      ]);
    }
    return this;
  }

  /** The document, to be imported. */
  history(): History {
    return this.record;
  }

  /** An instant so many milliseconds ago. */
  private ago(milliseconds: number): string {
    return new Date(this.now - milliseconds).toISOString();
  }

  private id(kind: string): string {
    this.count += 1;
    return kind + String(this.count).padStart(12 - kind.length, '0');
  }

  private leaf(name: string): Component {
    const found = this.record.components.find((one) => !one.group && one.name === name);
    if (!found) throw new Error(`the platform has no component ${name}`);
    return found;
  }

  /** What became of a component; it is so from then on. */
  private effect(component: Component, to: Status) {
    const effect = { code: component.id, name: component.name, old_status: component.status, new_status: to };
    component.status = to;
    return effect;
  }

  private component(name: string, group_id: string | null, group: boolean): string {
    const [id, at] = [this.id('cmp'), this.ago(WATCHED_DAYS * DAY)];
    const position = this.record.components.length + 1;
    this.record.components.push({
      id,
      name,
      // What it was until it was first watched.
      status: 'under_maintenance',
      created_at: at,
      updated_at: at,
      position,
      description: null,
      showcase: true,
      start_date: null,
      group,
      group_id,
      only_show_if_degraded: false,
    });
    return id;
  }
}
