import type { X509Certificate } from 'node:crypto';
import { failure, type Finding, ok, warning } from '../finding.js';

const DAY_MS = 86_400_000;
/** Time enough to have one renewed. */
const RENEW_DAYS = 30;

/** Whether a certificate is in its time, and for how long. `what` begins the sentence. */
export function validity(check: string, what: string, certificate: X509Certificate, advice: string): Finding {
  const { validFromDate: from, validToDate: to } = certificate;
  const now = Date.now();
  const day = to.toISOString().slice(0, 10);
  if (to.getTime() < now) return failure(check, `${what} expired on ${day}`, advice);
  if (from.getTime() > now) {
    const wait = `is it another's, or is this host's clock wrong? see clock`;
    return failure(check, `${what} is valid from ${from.toISOString()} on only`, wait);
  }
  const days = Math.floor((to.getTime() - now) / DAY_MS);
  if (days < RENEW_DAYS) return warning(check, `${what} expires on ${day}, in ${days} days`, advice);
  return ok(check, `${what} is valid until ${day}`);
}
