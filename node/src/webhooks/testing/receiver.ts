import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { lowPort } from '../../../../test/support/ports.js';

export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  body: { type: string; timestamp: string; data: Record<string, unknown> };
}

/** A system of the member's own that takes webhooks. */
export class Receiver {
  readonly got: Received[] = [];
  /** what it answers; none while it is undefined */
  answer: ((got: Received, response: ServerResponse) => void) | undefined = (_, response) => response.end();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(wanted?: number): Promise<Receiver> {
    const port = wanted ?? (await lowPort());
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const got = { headers: request.headers, text, body: JSON.parse(text) as Received['body'] };
          receiver.got.push(got);
          receiver.answer?.(got, response);
        });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const receiver: Receiver = new Receiver(server, port);
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  get types(): string[] {
    return this.got.map(({ body }) => body.type);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
