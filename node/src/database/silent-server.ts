import { connect, type Socket } from 'node:net';
import type pg from 'pg';

/** How often a connection is looked at, and how long its server may take to say that it is there (ms). */
export interface Patience {
  readonly everyMs: number;
  readonly answerMs: number;
}

const PATIENCE: Patience = { everyMs: 5_000, answerMs: 10_000 };

/** PostgreSQL's GSSENCRequest: eight bytes that a server answers with one, before it asks who is there. */
const ARE_YOU_THERE = Buffer.from([0, 0, 0, 8, 4, 210, 22, 48]);

/** What pg knows of a connection, and its types do not tell. */
interface Inside {
  readonly readyForQuery: boolean | undefined;
  readonly connection: { readonly stream: Socket };
}

/**
 * Closes the connection of `client` when the host of its server is gone. While what was sent is not acknowledged Linux sends no
 * keepalive, and tries for a quarter of an hour; no bound on statements helps, since a migration, an index or a COPY may take
 * long. So while an answer is outstanding and nothing comes, the server is asked beside it whether it is there.
 */
export function closeWhenSilent(client: pg.Client, { everyMs, answerMs }: Patience = PATIENCE): void {
  const inside = client as unknown as Inside;
  let seen: number | undefined;
  let asking = false;
  const look = async () => {
    const { stream } = inside.connection;
    const before = seen;
    seen = inside.readyForQuery ? undefined : stream.bytesRead;
    if (asking || seen === undefined || before !== seen || !stream.remoteAddress) return;
    asking = true;
    const asked = seen;
    const there = await answers(stream, answerMs);
    asking = false;
    // Since it was asked: a look in between has noted what came, and would find nothing new.
    if (there || inside.readyForQuery || stream.bytesRead !== asked) return;
    stream.destroy(Object.assign(new Error('the host of the database is gone'), { code: 'ETIMEDOUT' }));
  };
  const timer = setInterval(() => void look(), everyMs).unref();
  client.once('end', () => clearInterval(timer));
}

/** Whether anything answers where `stream` leads to. */
function answers({ remoteAddress, remotePort }: Socket, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ host: remoteAddress!, port: remotePort! });
    // After what came in the meantime: of a process that was held up the timer is looked at first.
    const timer = setTimeout(() => setImmediate(() => end(false)), withinMs);
    const end = (there: boolean) => {
      clearTimeout(timer);
      probe.destroy();
      resolve(there);
    };
    probe.on('connect', () => probe.write(ARE_YOU_THERE));
    // One that hangs up is there as well.
    probe.on('data', () => end(true)).on('end', () => end(true));
    // No file for the question says nothing of the server.
    probe.on('error', ({ code }: NodeJS.ErrnoException) => end(code === 'EMFILE' || code === 'ENFILE'));
  });
}
