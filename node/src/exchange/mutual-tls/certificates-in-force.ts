import { createSecureContext } from 'node:tls';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { type Certificates, readCertificates } from './certificates.js';

/** How often the files are looked at, in ms. */
const LOOK_MS = 60_000;

/**
 * This node's certificates, as its files have them: what was renewed is taken up within a minute. Files that cannot be
 * used, half written ones among them, change nothing.
 */
@Injectable()
export class CertificatesInForce implements OnModuleDestroy {
  private readonly logger = new Logger(CertificatesInForce.name);
  private readonly listeners: ((certificates: Certificates) => void)[] = [];
  private readonly timer: NodeJS.Timeout | undefined;
  private certificates: Certificates | undefined;

  /** Throws when the settings are incomplete or the files cannot be used: no node starts so. */
  constructor(private readonly config: Config) {
    this.certificates = read(config);
    if (this.certificates) this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Undefined where members' nodes have none. */
  get current(): Certificates | undefined {
    return this.certificates;
  }

  onChange(listener: (certificates: Certificates) => void): void {
    this.listeners.push(listener);
  }

  /** Takes up what the files have now. */
  look(): void {
    try {
      const now = read(this.config);
      const { certificates: before } = this;
      if (!now || !before || (now.cert === before.cert && now.key === before.key && now.ca === before.ca)) return;
      this.certificates = now;
      for (const listener of this.listeners) listener(now);
      this.logger.log('certificates were renewed');
    } catch (error) {
      this.logger.error(
        { err: error },
        'the certificates in the files cannot be used; those read before stay in force',
      );
    }
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}

/** Throws, besides, when the key is not the certificate's. */
function read(config: Config): Certificates | undefined {
  const certificates = readCertificates(config);
  if (certificates) createSecureContext(certificates);
  return certificates;
}
