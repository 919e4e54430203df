import 'reflect-metadata';
import '../../node/src/app.module.js';
import '../../node/src/rooms.js';
import '../../node/src/rooms.js';
import { againGets } from '../../node/src/http/commands/refusal.js';
import { type ProblemType, problemTypes } from '../../node/src/kernel/problem.js';
import { settle } from '../lib/generated.js';
import { table } from '../lib/markdown.js';

const INTRODUCTION = `# Errors

Every refusal is \`application/problem+json\` (RFC 9457) with a stable \`code\`; \`facts\` holds the values that failed and
\`rule\` the number of the rule of the domain that refuses, if one does. A contract's custom error has the code of its name:
\`OrderInvalidTransition\` is \`ORDER_INVALID_TRANSITION\`. After 429 and 503, \`Retry-After\` says when to ask again.

The column *again* says what the same write gets when it is sent again under the same \`Idempotency-Key\`:

- *final*: this refusal, replayed. The request did nothing, nor will it (after \`SHOWN_ONCE\` it had done all, after
  \`IDEMPOTENCY_ANSWER_GONE\` what the status in \`answered\` says). So is whatever the chain refused.
- *may pass*: perhaps another answer, since the key was kept free or an answer is still to come. Send it again later, **with the same key**: under
  another one it may be done twice. \`IDEMPOTENCY_KEY_IN_USE\` above all is no answer to the request: the one that was sent first, perhaps by a
  client that did not wait for it, is still running and may succeed.
- *mend*: this refusal, until the request is another one. Nothing was taken in, and the key is free.

Generated from the code; \`npm run generate\`.
`;

const row = (type: ProblemType) => {
  const { code, status, title, rule = '' } = type;
  return [`\`${code}\``, String(status), againGets(type), title, rule];
};

settle({
  'docs/errors.md': `${INTRODUCTION}\n${table(['code', 'status', 'again', 'meaning', 'rule'], problemTypes().map(row))}`,
});
