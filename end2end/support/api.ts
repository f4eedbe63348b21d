import type { Service } from './service';

/** What the write API answers: the field's words and ours. */
export interface Row {
  id: string;
  name: string;
  status: string;
  incident_updates: { id: string }[];
}

/** Writes the record as a program of the operator does. */
export class Api {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  /** With a token of its own. */
  static async of(service: Service): Promise<Api> {
    const token = (await service.command('token', 'create', 'tests', '--role', 'admin')).trim().split(' ').at(-1) ?? '';
    const { page } = await service.json<{ page: { id: string } }>('/api/v2/status.json');
    return new Api(`${service.origin}/v1/pages/${page.id}`, token);
  }

  /** Sends an object and gives what is answered; a refusal fails the test with its words. */
  async send<T = Row>(method: 'POST' | 'PATCH' | 'PUT' | 'GET', address: string, body?: object): Promise<T> {
    const answer = await fetch(this.base + address, {
      method,
      headers: { authorization: `OAuth ${this.token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
