import { defineProblem } from '../../kernel/problem.js';

/** Before a signature is checked nobody is known: these answers are not signed, and the sender tries again. */
export const envelopeUnreadable = defineProblem({
  code: 'ENVELOPE_UNREADABLE',
  status: 400,
  title: 'Not an envelope that this node can decrypt',
});
export const clientCertificateRequired = defineProblem({
  code: 'CLIENT_CERTIFICATE_REQUIRED',
  status: 403,
  title: 'This node takes envelopes over mutual TLS only, at a door of its own',
});
export const envelopeKeyUnknown = defineProblem({
  code: 'ENVELOPE_KEY_UNKNOWN',
  status: 401,
  title: 'The key is not listed in the member registry as this node has indexed it',
});
export const envelopeKeyRevoked = defineProblem({
  code: 'ENVELOPE_KEY_REVOKED',
  status: 401,
  title: 'The key was revoked',
  rule: '7',
});
export const ownKeyNotLive = defineProblem({
  code: 'OWN_KEY_NOT_LIVE',
  status: 503,
  title: 'A message key of this node itself is not live in the member registry, as far as it is indexed here',
});
export const envelopeForged = defineProblem({
  code: 'ENVELOPE_FORGED',
  status: 401,
  title: 'The signature is not one of the key that it names',
});
export const envelopeMisdirected = defineProblem({
  code: 'ENVELOPE_MISDIRECTED',
  status: 421,
  title: 'The envelope is for another member or another consortium',
});
export const envelopeClockSkew = defineProblem({
  code: 'ENVELOPE_CLOCK_SKEW',
  status: 400,
  title: 'The envelope was sealed too long ago or in the future: more than five minutes by this node’s clock',
});
export const envelopeTooLarge = defineProblem({
  code: 'ENVELOPE_TOO_LARGE',
  status: 413,
  title: 'The envelope exceeds what this node takes',
});
export const envelopeQuota = defineProblem({
  code: 'ENVELOPE_QUOTA',
  status: 429,
  title: 'Too many envelopes of this sender wait for the operator',
});
/** A sender leaves a counterparty that answers with this alone for a while. */
export const DAY_QUOTA = 'ENVELOPE_DAY_QUOTA';
export const envelopeDayQuota = defineProblem({
  code: DAY_QUOTA,
  status: 429,
  title: 'As much has come of this sender as this node takes of a member in a day',
});
export const envelopeNotNow = defineProblem({
  code: 'ENVELOPE_NOT_NOW',
  status: 503,
  title: 'The envelope cannot be handled now, it may be later',
});

/** Reason for taking in nothing of an envelope that consists of several parts: not all of them can be taken in, or not now. */
export const IN_PARTS = 'ENVELOPE_IN_PARTS';
export const envelopeInParts = defineProblem({
  code: IN_PARTS,
  status: 409,
  title: 'Not all that the envelope brings can be taken in now: its sender sends it in parts',
});

export const TYPE_UNKNOWN = 'ENVELOPE_TYPE_UNKNOWN';
/** These are reasons for setting aside an envelope whose sender is known: they stand in the signed receipt. */
export const envelopeTypeUnknown = defineProblem({
  code: TYPE_UNKNOWN,
  status: 422,
  title: 'No handler for envelopes of this type',
});
export const envelopeMalformed = defineProblem({
  code: 'ENVELOPE_MALFORMED',
  status: 422,
  title: 'The body is not what envelopes of this type carry',
});
export const envelopeSenderSuspended = defineProblem({
  code: 'ENVELOPE_SENDER_SUSPENDED',
  status: 403,
  title: 'The sender is suspended and may begin nothing new',
  rule: '10',
});
