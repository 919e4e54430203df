import { randomBytes, type X509Certificate } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { LARGEST_ANSWER_BYTES } from '../../../node/src/exchange/domain/limits.js';
import { verificationKey } from '../../../node/src/exchange/domain/message-keys.js';
import {
  readStanding,
  type Standing,
  STANDING_PATH,
  standingSigner,
} from '../../../node/src/exchange/domain/standing.js';
import { type Certificates, readCertificates } from '../../../node/src/exchange/mutual-tls/certificates.js';
import { envelopesUrl } from '../../../node/src/exchange/sending/endpoint.js';
import { type Hex, toBytes, toHex } from '../../../node/src/kernel/hex.js';
import { type AddressRules, guardedLookup, PlaceRefused } from '../../../node/src/outbound/index.js';
import type { Patient } from '../patient.js';

const ANSWER_MS = 10_000;

/** A member, and where its node is by the registry. */
export interface Place {
  readonly member: number;
  readonly endpoint: string;
}

/** What answers there: its standing, unless that is not signed by the member's registered key; what it shows to TLS. */
export interface Asked {
  readonly standing: Standing | undefined;
  readonly certificate: X509Certificate | undefined;
}

/** Something answers there, but does not say what it was asked. */
export class AnswerRefused extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

/**
 * Asks a member's node for its standing, as others' nodes would. Rejects when nothing answers, or more than any standing is; AnswerRefused
 * when something does, but not so. Of another member `rules` say where this node sends: it named its endpoint itself, and may have named any
 * place that this host reaches. PlaceRefused by these, as for an envelope.
 */
export async function askStanding(
  { pool, domains, config }: Patient,
  { member, endpoint }: Place,
  rules?: AddressRules,
): Promise<Asked> {
  const challenge = toHex(randomBytes(32));
  const certificates = readCertificates(config);
  if (rules) requireSentTo(endpoint, rules, certificates);
  const url = new URL(`${STANDING_PATH}?challenge=${challenge}`, `${endpoint.replace(/\/*$/, '')}/`);
  const { text, certificate } = await get(url, certificates, rules);
  const id = standingSigner(text);
  const { rows } = await pool.query<{ public_key: Buffer }>(
    'SELECT public_key FROM chain_keys WHERE key = $1 AND member = $2 AND kind = 1 AND revoked_block IS NULL',
    [toBytes(id ?? '0x'), member],
  );
  const key = rows[0] && id ? await verificationKey(id, toHex(rows[0].public_key) as Hex) : undefined;
  const standing = key && (await readStanding(text, key));
  const isTheirs =
    standing?.challenge === challenge && standing.member === member && standing.domain === domains.of('MemberRegistry');
  return { standing: isTheirs ? standing : undefined, certificate };
}

/** Refuses with PlaceRefused where envelopes would not be sent, whatever they are about. */
function requireSentTo(endpoint: string, rules: AddressRules, certificates: Certificates | undefined): void {
  const { protocol } = envelopesUrl(endpoint, rules);
  if (certificates && protocol !== 'https:') throw new PlaceRefused('plain http where nodes have certificates');
}

/** The answer's text, over mutual TLS where members' nodes have certificates. Follows no redirect. */
function get(
  url: URL,
  certificates: Certificates | undefined,
  rules: AddressRules | undefined,
): Promise<{ text: string; certificate: X509Certificate | undefined }> {
  const options = {
    ...{ signal: AbortSignal.timeout(ANSWER_MS), agent: false, minVersion: 'TLSv1.2' as const },
    ...certificates,
    ...(rules && { lookup: guardedLookup(url.protocol, rules) }),
  };
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (answer) => {
      const certificate = (answer.socket as Partial<TLSSocket>).getPeerX509Certificate?.();
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST_ANSWER_BYTES) answer.destroy(new Error(`an answer of over ${LARGEST_ANSWER_BYTES} bytes`));
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve({ text: Buffer.concat(chunks).toString('utf8'), certificate });
        else reject(new AnswerRefused(answer.statusCode ?? 0));
      });
    });
    asked.on('error', reject).end();
  });
}
