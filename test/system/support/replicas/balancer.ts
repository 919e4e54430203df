import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address for several replicas, in turn; a replica that refuses the connection is passed over, as balancers do. */
export class Balancer {
  private turn = 0;
  private readonly targets: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Balancer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const balancer = new Balancer(server);
    server.on('request', (incoming, outgoing) => void balancer.forward(incoming, outgoing));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  add(target: string): void {
    this.targets.push(target);
  }

  /** From here on the target gets no new request. */
  remove(target: string): void {
    this.targets.splice(this.targets.indexOf(target), 1);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    for (let tries = 0; tries < 2 * this.targets.length; tries++) {
      const target = this.targets[this.turn++ % this.targets.length]!;
      if (await this.attempt(target, incoming, body, outgoing)) return;
    }
    outgoing.writeHead(502).end();
  }

  private attempt(target: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<boolean> {
    return new Promise((resolve) => {
      const { method, headers, url = '/' } = incoming;
      const onward = request(
        new URL(url, target),
        { method, headers: { ...headers, connection: 'close' } },
        (answer) => {
          outgoing.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(outgoing).on('close', () => resolve(true));
        },
      );
      // Before an answer began another replica may be asked: writes carry an idempotency key.
      onward.on('error', () => (outgoing.headersSent ? (outgoing.destroy(), resolve(true)) : resolve(false)));
      onward.end(body);
    });
  }
}
