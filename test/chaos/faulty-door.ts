import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where other members' nodes deliver envelopes for one member: passes them on, twice perhaps, or loses the answer. */
export class FaultyDoor {
  twice = false;
  loseAnswers = false;
  readonly #server: Server;

  private constructor(private readonly target: string) {
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => request.socket.destroy());
    });
  }

  static async start(target: string): Promise<FaultyDoor> {
    const door = new FaultyDoor(target);
    await new Promise<void>((resolve) => door.#server.listen(0, '127.0.0.1', resolve));
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const type = request.headers['content-type'];
    const deliver = () =>
      fetch(`${this.target}${request.url}`, {
        method: request.method,
        headers: type ? { 'content-type': type } : {},
        body: body.length > 0 ? body : undefined,
      });
    const [answer] = await Promise.all(this.twice ? [deliver(), deliver()] : [deliver()]);
    const text = await answer!.text();
    if (this.loseAnswers) return void request.socket.destroy();
    response.writeHead(answer!.status, { 'content-type': answer!.headers.get('content-type') ?? 'text/plain' });
    response.end(text);
  }
}
