import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, as PEM. */
export interface Pem {
  readonly cert: string;
  readonly key: string;
}

/** An authority that signs certificates for a test: X.509 v3, ECDSA on P-256 with SHA-256. */
export interface Authority {
  readonly cert: string;
  /** For hosts (names or IPv4 addresses), for client and server alike; valid for `days` (one) from an hour ago unless `expired`. */
  issue(name: string, hosts: readonly string[], options?: { expired?: boolean; days?: number }): Pem;
}

const OID = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  organisation: '060355040a',
  basicConstraints: '0603551d13',
  subjectAltName: '0603551d11',
};
const HOUR_MS = 3_600_000;

/** Valid for `days` itself, from an hour ago; ended, for less than none. */
export function makeAuthority(name: string, days = 1, organisation?: string): Authority {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = sequence(
    hex(OID.basicConstraints),
    tlv(0x01, Buffer.of(0xff)),
    octets(sequence(tlv(0x01, Buffer.of(0xff)))),
  );
  const self = nameOf(name, organisation);
  const own = { issuer: self, subject: self, signedBy: pair.privateKey, from: Date.now() - HOUR_MS, days };
  return {
    cert: certificate({ ...own, publicKey: pair.publicKey, extensions: [isAuthority] }),
    issue(subject, hosts, { expired = false, days: ownDays = 1 } = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const names = sequence(hex(OID.subjectAltName), octets(sequence(...hosts.map(alternativeName))));
      const from = Date.now() - (expired ? 48 : 1) * HOUR_MS;
      const cert = certificate({
        ...own,
        subject: nameOf(subject),
        publicKey,
        from,
        days: ownDays,
        extensions: [names],
      });
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
    },
  };
}

interface Content {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly from: number;
  readonly days: number;
  readonly extensions: readonly Buffer[];
}

function certificate({ issuer, subject, publicKey, signedBy, from, days, extensions }: Content): string {
  const algorithm = sequence(hex(OID.ecdsaWithSha256));
  const serial = tlv(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(15)]));
  const version = tlv(0xa0, tlv(0x02, Buffer.of(2)));
  const validity = sequence(utcTime(from), utcTime(from + (24 * days + 1) * HOUR_MS));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const all = tlv(0xa3, sequence(...extensions));
  const body = sequence(version, serial, algorithm, issuer, validity, subject, spki, all);
  const signature = tlv(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, signedBy)]));
  const base64 = sequence(body, algorithm, signature)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const octets = (content: Buffer): Buffer => tlv(0x04, content);
const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));
const nameOf = (text: string, organisation?: string): Buffer =>
  sequence(
    ...(organisation === undefined ? [] : [partOfName(OID.organisation, organisation)]),
    partOfName(OID.commonName, text),
  );
const partOfName = (type: string, text: string): Buffer =>
  tlv(0x31, sequence(hex(type), tlv(0x0c, Buffer.from(text, 'utf8'))));
const utcTime = (ms: number): Buffer =>
  tlv(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

function alternativeName(host: string): Buffer {
  return isIPv4(host) ? tlv(0x87, Buffer.from(host.split('.').map(Number))) : tlv(0x82, Buffer.from(host));
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}
