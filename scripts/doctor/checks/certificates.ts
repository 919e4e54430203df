import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { readCertificates } from '../../../node/src/exchange/mutual-tls/certificates.js';
import { failure, type Finding, warning, wordsOf } from '../finding.js';
import type { Patient } from '../patient.js';
import { validity } from './validity.js';

const CHECK = 'tls';
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const RENEW = 'have it renewed and put it where TRADEPROOF_EXCHANGE_TLS_CERT says; it is taken up within a minute';
const RENEW_CA =
  'get the new one of the authority, and put it into the bundle that TRADEPROOF_EXCHANGE_TLS_CA names, beside the old one';

/** Whether this node's certificates for other members' nodes can be used, and for how long. Without any it says nothing. */
export function checkCertificates({ config }: Patient): Promise<Finding[]> {
  const certificates = readCertificates(config);
  if (!certificates) return Promise.resolve([]);
  const { cert, ca } = certificates;
  try {
    createSecureContext(certificates);
  } catch (error) {
    const advice = 'the key must be the certificate’s: put both of one renewal in place; no node starts like this';
    return Promise.resolve([failure(CHECK, `the certificate and its key cannot be used: ${wordsOf(error)}`, advice)]);
  }
  const [own, ...chain] = certificatesIn(cert);
  return Promise.resolve([
    validity(CHECK, 'the certificate of this node', own!, RENEW),
    ...chain.map((one) => validity(CHECK, `the certificate of ${nameOf(one)}, above this node's,`, one, RENEW)),
    ...authorities(certificatesIn(ca), [own!, ...chain]),
  ]);
}

/**
 * One that has expired beside others is what is left of a renewal: it does no harm, unless this node's own certificate rests
 * on it alone, which others then believe no longer.
 */
function authorities(all: readonly X509Certificate[], own: readonly X509Certificate[]): Finding[] {
  if (all.length === 0) {
    const advice = 'no other member’s node is believed: put the authorities’ certificates there, as PEM';
    return [failure(CHECK, 'TRADEPROOF_EXCHANGE_TLS_CA names a file without a certificate', advice)];
  }
  const looked = all.map((one) => ({ one, finding: validity(CHECK, `the authority ${nameOf(one)}`, one, RENEW_CA) }));
  const good = looked.filter(({ finding }) => finding.verdict !== 'failure').map(({ one }) => one);
  const orphans = own.filter((each) => !good.some((one) => isOf(each, one)));
  return looked.map(({ one, finding }) => {
    const spent = finding.verdict === 'failure' && good.length > 0 && !orphans.some((each) => isOf(each, one));
    return spent ? warning(CHECK, finding.fact, 'take it out, once nobody has a certificate of it') : finding;
  });
}

/** Whether an authority issued it: by its key too, since one that is renewed keeps its name. */
const isOf = (one: X509Certificate, authority: X509Certificate): boolean =>
  one.checkIssued(authority) && one.verify(authority.publicKey);

const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(PEM) ?? []).map((one) => new X509Certificate(one));

const nameOf = ({ subject, serialNumber }: X509Certificate): string =>
  /^CN=(.+)$/m.exec(subject ?? '')?.[1] ?? /^O=(.+)$/m.exec(subject ?? '')?.[1] ?? serialNumber;
