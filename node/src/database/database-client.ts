import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import { closeWhenSilent } from './silent-server.js';

/**
 * Has the server take a client that vanished without a word, with its host or its network, for gone within half a minute,
 * and so let go of its locks and its transaction. As systems are set it would take two hours, in which nobody leads the index.
 */
const MISS_ME = [
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
  '-c tcp_user_timeout=30000',
].join(' ');

/** For so long (ms) the server may take leave. */
const FAREWELL_MS = 2_000;

/** A statement that writes, on a server or in a session that only reads. */
const READ_ONLY = '25006';

/** What pg has, and its types do not tell. */
interface Inside {
  readonly connectionParameters: { options?: string };
  readonly connection: EventEmitter & { readonly stream: Socket };
}

/**
 * What every connection to PostgreSQL is, whichever library asks for it: it may break at any time, is noticed by either end
 * when the other one's host is gone, and leads to no standby: what is read there is old, and a database that moved is found
 * by connecting again.
 */
export class DatabaseClient extends pg.Client {
  private readonly inside = this as unknown as Inside;

  constructor(config: pg.ClientConfig = {}) {
    super(config);
    const { connection, connectionParameters: parameters } = this.inside;
    // Those of the URL stand before those given beside it.
    const { options } = parameters;
    const given = config.options === options ? [options] : [options, config.options];
    parameters.options = [MISS_ME, ...given].filter(Boolean).join(' ');
    // Queries under way reject by themselves, and 'end' follows; without a listener the event would end the process.
    this.on('error', () => undefined);
    connection.on('parameterStatus', ({ parameterName: name, parameterValue: value }: Record<string, string>) => {
      if (name === 'in_hot_standby' && value === 'on') this.refuse('the database is a standby');
    });
    // Whoever has it next would fare no better.
    connection.on('errorMessage', ({ code }: { code?: string }) => code === READ_ONLY && void this.end());
    connection.once('readyForQuery', () => closeWhenSilent(this));
  }

  /** Resolves when the connection is closed; a server that is silent is left. */
  override end(): Promise<void>;
  override end(done: (error: Error) => void): void;
  override end(done?: (error: Error) => void): Promise<void> | void {
    const { connection } = this.inside;
    const timer = setTimeout(() => connection.stream.destroy(), FAREWELL_MS).unref();
    connection.once('end', () => clearTimeout(timer));
    return done ? super.end(done) : super.end();
  }

  /** As one that cannot take connections at present: what waits for it tries again. */
  private refuse(why: string): void {
    const { connection } = this.inside;
    connection.emit('error', Object.assign(new Error(why), { code: '57P03' }));
    // It may have come with what was refused, and would tell whoever waits of a connection after all.
    connection.removeAllListeners('readyForQuery');
    connection.stream.destroy();
  }
}
