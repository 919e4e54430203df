import { readFileSync, statSync } from 'node:fs';
import type { Config } from '../../config/index.js';

/** What this node shows to other members' nodes, and whom it believes, as PEM. */
export interface Certificates {
  /** This node's certificate, with the chain up to the authority; for both directions. */
  readonly cert: string;
  readonly key: string;
  /** The authorities whose certificates are believed, and no others: not those of browsers. */
  readonly ca: string;
}

type Files = Pick<Config, 'exchangeTlsPort' | 'exchangeTlsCert' | 'exchangeTlsKey' | 'exchangeTlsCa'>;

/** Undefined where members' nodes have no certificates. Throws when the settings are incomplete, or others may read the key. */
export function readCertificates(config: Files): Certificates | undefined {
  const { exchangeTlsCert, exchangeTlsKey, exchangeTlsCa } = config;
  const given = [exchangeTlsCert, exchangeTlsKey, exchangeTlsCa].filter(Boolean);
  if (given.length === 0 && config.exchangeTlsPort === undefined) return undefined;
  if (!exchangeTlsCert || !exchangeTlsKey || !exchangeTlsCa)
    throw new Error('mutual TLS needs TRADEPROOF_EXCHANGE_TLS_CERT, _KEY and _CA, all three');
  if ((statSync(exchangeTlsKey).mode & 0o077) !== 0)
    throw new Error(`${exchangeTlsKey} holds a secret: only its owner may read it (chmod 600)`);
  const [cert, key, ca] = [exchangeTlsCert, exchangeTlsKey, exchangeTlsCa].map((path) => readFileSync(path, 'utf8'));
  return { cert: cert!, key: key!, ca: ca! };
}
