import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something to watch: answers 200 until it is told to fail. */
export class Target {
  /** What it answers. */
  status = 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Target> {
    const server = createServer();
    const target = new Target(server);
    server.on('request', (_, response) => {
      response.writeHead(target.status, { 'content-type': 'text/plain' });
      response.end(target.status === 200 ? 'fine\n' : 'upstream connect error\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return target;
  }

  /** Its address. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/health`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
