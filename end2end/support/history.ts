import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The platform's published history as the repository keeps it, in the field's public shape. */
const FILE = path.resolve(import.meta.dirname, '../../server/tests/fixtures/platform-history.json');

export interface Update {
  id: string;
  status: string;
  body: string;
  created_at: string;
  display_at: string;
  [other: string]: unknown;
}

export interface Incident {
  id: string;
  name: string;
  status: string;
  started_at: string;
  created_at: string;
  incident_updates: Update[];
  components: { id: string }[];
  [other: string]: unknown;
}

export interface Component {
  id: string;
  name: string;
  status: string;
  position: number;
  group: boolean;
  group_id: string | null;
  [other: string]: unknown;
}

export interface History {
  page: { id: string; name: string; [other: string]: unknown };
  components: Component[];
  incidents: Incident[];
  [other: string]: unknown;
}

/** A fresh copy: tests change theirs. */
export function history(): History {
  return JSON.parse(readFileSync(FILE, 'utf8')) as History;
}

/** The history with its components in groups of two: more groups than start unfolded. */
export function grouped(): History {
  const all = history();
  const groups: Component[] = [];
  all.components.forEach((component, at) => {
    const number = Math.floor(at / 2);
    const id = `group${number}`.padEnd(12, '0');
    if (at % 2 === 0) {
      groups.push({ ...component, id, name: `Group ${'ABCDEFGH'[number]}`, group: true, group_id: null, position: number + 1 });
    }
    component.group_id = id;
    component.position = (at % 2) + 1;
  });
  return { ...all, components: [...groups, ...all.components] };
}

export const OUTAGE = {
  id: 'e2eoutage001',
  update: 'e2eupdate001',
  name: 'Requests to the API time out',
  words: 'We see requests time out and look into it.',
};

/** The same record a moment later: a component is down and an incident tells of it. */
export function withOutage(before: History, componentName: string): History {
  const after = structuredClone(before);
  const component = after.components.find((one) => one.name === componentName && !one.group);
  if (!component) throw new Error(`the history has no component ${componentName}`);
  const at = new Date().toISOString();
  component.status = 'major_outage';
  component.updated_at = at;
  after.incidents.unshift({
    id: OUTAGE.id,
    name: OUTAGE.name,
    status: 'investigating',
    impact: 'critical',
    created_at: at,
    updated_at: at,
    started_at: at,
    monitoring_at: null,
    resolved_at: null,
    components: [{ id: component.id }],
    incident_updates: [
      {
        id: OUTAGE.update,
        status: 'investigating',
        body: OUTAGE.words,
        created_at: at,
        updated_at: at,
        display_at: at,
        affected_components: [
          { code: component.id, name: component.name, old_status: 'operational', new_status: 'major_outage' },
        ],
      },
    ],
  });
  return after;
}

/** The same record once more, the outage understood. */
export function withFix(before: History): History {
  const after = structuredClone(before);
  const outage = after.incidents.find((one) => one.id === OUTAGE.id);
  const [first] = outage?.incident_updates ?? [];
  if (!outage || !first) throw new Error('the record has no outage');
  const at = new Date().toISOString();
  outage.status = 'identified';
  outage.updated_at = at;
  outage.incident_updates.unshift({
    ...first,
    id: 'e2eupdate002',
    status: 'identified',
    body: 'A full disk was found; a larger one takes its place.',
    created_at: at,
    updated_at: at,
    display_at: at,
    affected_components: null,
  });
  return after;
}
