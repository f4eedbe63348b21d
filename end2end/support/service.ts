import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { names } from './names';

const HERE = import.meta.dirname;
/** The binary that ships. */
const BINARY = path.resolve(HERE, '..', process.env.ALLCLEAR_BIN ?? '../target/release/allclear');
/** Where readers are told to find the page; nothing answers there, so a page that asks it fails its test. */
export const PUBLIC_URL = 'http://status.example.test';
const SERVES = /^Allclear serves the page at (http:\/\/\S+)$/m;
const START_MS = 30_000;
const STOP_MS = 5_000;

const running = new Set<string>();

/** Whether an address belongs to a service started here. */
export function isOurs(url: string): boolean {
  return running.has(new URL(url).origin);
}

/** The real binary with a folder of its own. */
export class Service {
  private constructor(
    /** Where it answers, such as `http://127.0.0.1:40123`. */
    readonly origin: string,
    private readonly folder: string,
    private readonly process: ChildProcess,
    private readonly said: () => string,
  ) {}

  /** Starts `allclear serve` or `allclear demo` and waits until it shows its page. */
  static async start(command: 'serve' | 'demo', history?: object, settings: NodeJS.ProcessEnv = {}): Promise<Service> {
    const folder = await mkdtemp(path.join(tmpdir(), 'allclear-e2e-'));
    try {
      if (history) await importInto(folder, history);
      return await Service.startIn(folder, command, settings);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private static async startIn(folder: string, command: string, settings: NodeJS.ProcessEnv): Promise<Service> {
    const env = { ...environment(), ALLCLEAR_DNS_SERVERS: await names(), ...settings };
    const child = spawn(BINARY, [command], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => (said += `${error}`));
    const origin = await until(() => SERVES.exec(said)?.[1], child, () => said);
    running.add(origin);
    await until(async () => ((await fetch(origin)).ok ? true : undefined), child, () => said);
    return new Service(origin, folder, child, () => said);
  }

  /** Changes the record while the page is served, as another process of the operator would. */
  async import(history: object): Promise<void> {
    await importInto(this.folder, history);
  }

  /** What a subcommand prints, given to the operator beside the running service. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(BINARY, words, { cwd: this.folder, env: environment() });
    return stdout;
  }

  /** The first match of a pattern in what the service said when it came up. */
  printed(pattern: RegExp): string {
    const found = pattern.exec(this.said())?.[1];
    if (found === undefined) throw new Error(`${pattern} is not in what the service said:\n${this.said()}`);
    return found;
  }

  /** A document of the service, parsed. */
  async json<T>(address: string): Promise<T> {
    return (await (await fetch(this.origin + address)).json()) as T;
  }

  /** The revision that readers are shown. */
  async revision(): Promise<number> {
    return (await this.json<{ revision: number }>('/live.json')).revision;
  }

  /** Ends the process, politely first. Stopping twice is as good as once. */
  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Ends the process and keeps the folder. */
  async end(): Promise<void> {
    running.delete(this.origin);
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    const force = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
    this.process.kill('SIGTERM');
    await ended;
    clearTimeout(force);
  }
}

/** A service on an empty database, or on the history given. */
export function serve(history?: object): Promise<Service> {
  return Service.start('serve', history);
}

/** The demonstration. */
export function demo(): Promise<Service> {
  return Service.start('demo');
}

/** Settings of the person who runs the tests must not reach the service under test. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([key]) => !key.startsWith('ALLCLEAR_'));
  return {
    ...Object.fromEntries(own),
    ALLCLEAR_LISTEN: '127.0.0.1:0',
    ALLCLEAR_ADMIN_LISTEN: '127.0.0.1:0',
    ALLCLEAR_PUBLIC_URL: PUBLIC_URL,
  };
}

async function importInto(folder: string, history: object): Promise<void> {
  const file = path.join(folder, 'history.json');
  await writeFile(file, JSON.stringify(history));
  await promisify(execFile)(BINARY, ['import', 'statuspage', file], { cwd: folder, env: environment() });
}

async function until<T>(ask: () => T | undefined | Promise<T | undefined>, child: ChildProcess, said: () => string): Promise<T> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${BINARY} did not come up. It said:\n${said()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
