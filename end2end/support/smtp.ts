import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A mail as it came, with its parts decoded. */
export interface Mail {
  from: string;
  to: string;
  /** Headers by their lower-case name, unfolded. */
  headers: Map<string, string>;
  text: string;
  html: string;
  raw: string;
}

/** A relay on loopback that takes every mail and keeps it. */
export class SmtpServer {
  readonly mails: Mail[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SmtpServer> {
    const server = createServer();
    const relay = new SmtpServer(server);
    server.on('connection', (socket) => relay.converse(socket));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return relay;
  }

  /** Its address as the configuration has it. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=none`;
  }

  /** Mails to an address, in order. */
  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  async stop(): Promise<void> {
    this.open.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }

  private readonly open = new Set<Socket>();

  private converse(socket: Socket): void {
    this.open.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.open.delete(socket));
    // The service may end while it is connected: that is its right.
    socket.on('error', () => socket.destroy());
    const say = (line: string) => socket.write(`${line}\r\n`);
    let waiting = '';
    let from = '';
    let to = '';
    let content: string[] | undefined;
    const hear = (line: string) => {
      if (content) {
        if (line !== '.') return void content.push(line.replace(/^\./, ''));
        this.mails.push(parse(from, to, content.join('\r\n')));
        content = undefined;
        return void say('250 2.0.0 taken');
      }
      switch (line.slice(0, 4).toUpperCase()) {
        case 'EHLO':
          return void say('250 relay.example.test');
        case 'MAIL':
          from = between(line);
          return void say('250 2.1.0 ok');
        case 'RCPT':
          to = between(line);
          return void say('250 2.1.5 ok');
        case 'DATA':
          content = [];
          return void say('354 go');
        case 'RSET':
          return void say('250 2.0.0 forgotten');
        case 'QUIT':
          return void socket.end('221 bye\r\n');
        default:
          return void say('502 5.5.1 unknown');
      }
    };
    // A mail is 7 bit; what is not would be a fault that a test should see as it came.
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      waiting += chunk;
      const lines = waiting.split('\r\n');
      waiting = lines.pop() ?? '';
      lines.forEach(hear);
    });
    say('220 relay.example.test ESMTP');
  }
}

/** The first link of a mail whose path begins so, as the path alone: nothing answers at the public address. */
export function link(mail: Mail, path: string): string {
  const found = mail.text.match(/https?:\/\/\S+/g)?.map((url) => new URL(url)).find((url) => url.pathname.startsWith(path));
  if (!found) throw new Error(`the mail has no link to ${path}:\n${mail.text}`);
  return found.pathname;
}

function between(line: string): string {
  return /<(.*?)>/.exec(line)?.[1] ?? '';
}

function parse(from: string, to: string, raw: string): Mail {
  const { headers, body } = split(raw);
  const boundary = /boundary="?([^";]+)/.exec(headers.get('content-type') ?? '')?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map((part) => split(part.replace(/^\r\n/, ''))) : [{ headers, body }];
  const decoded = (type: string) => {
    const part = parts.find((one) => one.headers.get('content-type')?.startsWith(type));
    return part ? decode(part.body, part.headers.get('content-transfer-encoding') ?? '7bit').replaceAll('\r\n', '\n').trim() : '';
  };
  return { from, to, headers, text: decoded('text/plain'), html: decoded('text/html'), raw };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const headers = head.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())];
  });
  return { headers: new Map(headers), body: raw.slice(end + 4) };
}

/** Words of a header that are not ASCII (RFC 2047). */
function words(text: string): string {
  const joined = text.replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(/=\?utf-8\?b\?(.*?)\?=/gi, (_, encoded: string) => Buffer.from(encoded, 'base64').toString('utf8'));
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
