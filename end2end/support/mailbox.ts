import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail as it came over the wire, with what tests ask of it. */
export class Mail {
  private readonly head: string;
  private readonly body: string;

  constructor(
    /** The address of the envelope. */
    readonly to: string,
    readonly source: string,
  ) {
    const end = source.indexOf('\r\n\r\n');
    this.head = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
    this.body = source.slice(end + 4);
  }

  /** A header's value, or nothing. */
  header(name: string): string {
    return headerOf(this.head, name);
  }

  /** The part of that type, decoded. */
  part(type: 'text/plain' | 'text/html'): string {
    const boundary = /boundary="?([^";\s]+)"?/.exec(this.header('Content-Type'))?.[1];
    const parts = boundary ? this.body.split(`--${boundary}`) : [`${this.head}\r\n\r\n${this.body}`];
    for (const part of parts) {
      const end = part.indexOf('\r\n\r\n');
      const head = part.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
      if (headerOf(head, 'Content-Type').startsWith(type)) {
        return decoded(part.slice(end + 4), headerOf(head, 'Content-Transfer-Encoding').toLowerCase());
      }
    }
    return '';
  }

  /** The first address in the text that matches. */
  link(pattern: RegExp): string {
    const found = pattern.exec(this.part('text/plain'))?.[0];
    if (!found) throw new Error(`no ${pattern} in this mail:\n${this.part('text/plain')}`);
    return found;
  }
}

function headerOf(head: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return text;
  const joined = text.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A mail server on loopback that takes everything. */
export class Mailbox {
  /** In the order they came. */
  readonly mails: Mail[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Mailbox> {
    const server = createServer();
    const mailbox = new Mailbox(server);
    server.on('connection', (socket) => mailbox.serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  /** As the configuration takes it. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=none`;
  }

  /** What came to an address. */
  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    let held = '';
    let to = '';
    let data = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    say('220 mailbox');
    socket.on('data', (chunk) => {
      held += chunk.toString('latin1');
      for (;;) {
        const end = held.indexOf(data ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const piece = held.slice(0, end);
        held = held.slice(end + (data ? 5 : 2));
        if (data) {
          data = false;
          this.mails.push(new Mail(to, Buffer.from(piece.replace(/^\.\./gm, '.'), 'latin1').toString('utf8')));
          say('250 kept');
        } else if (/^RCPT TO:/i.test(piece)) {
          to = /<([^>]*)>/.exec(piece)?.[1] ?? '';
          say('250 ok');
        } else if (/^DATA/i.test(piece)) {
          data = true;
          say('354 go on');
        } else if (/^QUIT/i.test(piece)) {
          socket.end('221 bye\r\n');
        } else {
          say('250 ok');
        }
      }
    });
  }
}
