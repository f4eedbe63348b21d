import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

/** A PostgreSQL server of the test's own, with one empty database. */
export class Postgres {
  private constructor(
    /** The address as the configuration takes it. */
    readonly address: string,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Postgres> {
    const folder = mkdtempSync(path.join(tmpdir(), 'allclear-e2e-postgres-'));
    if (isRoot()) {
      const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
      chownSync(folder, id('-u'), id('-g'));
    }
    const data = path.join(folder, 'data');
    run(folder, 'initdb', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '--username=allclear', '-D', data);
    const port = await freePort();
    const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off`;
    run(folder, 'pg_ctl', 'start', '-w', '-D', data, '-l', path.join(folder, 'log'), '-o', settings);
    return new Postgres(`postgres://allclear@127.0.0.1:${port}/postgres`, folder);
  }

  /** Stops the server and takes everything away. */
  stop(): void {
    run(this.folder, 'pg_ctl', 'stop', '-m', 'immediate', '-D', path.join(this.folder, 'data'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** PostgreSQL refuses to run as root, and Debian keeps its programs out of PATH, one folder per version. */
function run(folder: string, program: string, ...args: string[]): void {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number).filter(Boolean).sort((a, b) => b - a) : [];
  const binary = versions.map((version) => path.join(VERSIONS, String(version), 'bin', program)).find((file) => existsSync(file)) ?? program;
  const [command, ...rest] = isRoot() ? ['runuser', '-u', 'postgres', '--', binary, ...args] : [binary, ...args];
  execFileSync(command!, rest, { cwd: folder, stdio: 'ignore' });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
