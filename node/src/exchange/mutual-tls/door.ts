import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Config } from '../../config/index.js';
import { serverLimits } from '../../http/limits.js';
import { followSilent } from '../../http/silent-connections.js';
import type { Problem } from '../../kernel/problem.js';
import { clientCertificateRequired } from '../domain/problems.js';
import { STANDING_PATH } from '../domain/standing.js';
import { ENVELOPES_PATH } from '../sending/endpoint.js';
import { CertificatesInForce } from './certificates-in-force.js';

const MIN_VERSION = 'TLSv1.2';

/**
 * A door of its own for other members' envelopes, and their questions: TLS, and nobody comes in without a certificate of the consortium's
 * authorities. While it is there, the main door takes none. That a certificate is good says nothing about whose an
 * envelope is: its signature does.
 */
@Injectable()
export class MutualTlsDoor implements OnModuleDestroy {
  private readonly logger = new Logger(MutualTlsDoor.name);
  private server?: Server;
  private endSilent?: () => void;

  constructor(
    private readonly config: Config,
    private readonly certificates: CertificatesInForce,
    private readonly host: HttpAdapterHost,
  ) {
    // Before it serves at all, so that a port that is taken ends the start.
    if (this.wanted) this.fastify?.addHook('onReady', () => this.open());
  }

  /** CLIENT_CERTIFICATE_REQUIRED for a request that came in by the main door though this one is there. */
  refusal(request: FastifyRequest): Problem | undefined {
    const { socket } = request.raw;
    if (!this.wanted || (socket instanceof TLSSocket && socket.authorized)) return undefined;
    return clientCertificateRequired('deliver where the registry says, with a certificate of the consortium');
  }

  /** The port that it listens on; undefined while it does not. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    this.endSilent?.();
    await closed;
  }

  private get wanted(): boolean {
    return this.config.exchangeTlsPort !== undefined && this.config.roles.includes('api');
  }

  private get fastify(): FastifyInstance | undefined {
    return this.host.httpAdapter?.getInstance<FastifyInstance>();
  }

  private async open(): Promise<void> {
    const { exchangeTlsPort, host } = this.config;
    const options = {
      ...this.certificates.current,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: MIN_VERSION,
    } as const;
    const { http } = serverLimits(this.config);
    const server = createServer({ ...options, ...http, handshakeTimeout: http.headersTimeout }, (request, response) =>
      this.take(request, response),
    );
    this.endSilent = followSilent(server);
    server.maxConnections = this.config.maxConnections;
    server.on('tlsClientError', ({ code }: NodeJS.ErrnoException) =>
      this.logger.debug({ code }, 'somebody did not get through the TLS handshake'),
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(exchangeTlsPort, host, () => resolve(server.removeListener('error', reject) && undefined));
    });
    this.certificates.onChange((now) => {
      server.setSecureContext({ ...now, minVersion: MIN_VERSION });
      // Those that stand were let in by the authorities of before.
      server.closeIdleConnections();
    });
    this.server = server;
    this.logger.log({ port: this.port }, 'envelopes are taken over mutual TLS');
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const [path, question] = request.url?.split('?') ?? [];
    const known = path === `/${STANDING_PATH}` || (path === `/${ENVELOPES_PATH}` && question === undefined);
    if (!known) return void response.writeHead(404, { connection: 'close' }).end();
    // No proxy stands before this door, whatever stands before the other: the peer is the caller.
    delete request.headers['x-forwarded-for'];
    this.fastify!.routing(request, response);
  }
}
