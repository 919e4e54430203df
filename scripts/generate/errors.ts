import 'reflect-metadata';
import '../../node/src/app.module.js';
import '../../node/src/rooms.js';
import '../../node/src/rooms.js';
import { type ProblemType, problemTypes } from '../../node/src/kernel/problem.js';
import { settle } from '../lib/generated.js';
import { table } from '../lib/markdown.js';

const INTRODUCTION = `# Errors

Every refusal is \`application/problem+json\` (RFC 9457) with a stable \`code\`; \`facts\` holds the values that failed and
\`rule\` the number of the rule of the domain that refuses, if one does. A contract's custom error has the code of its name:
\`OrderInvalidTransition\` is \`ORDER_INVALID_TRANSITION\`. Refusals with 403, 409, 410 and 422, and all of the chain, are
final: under an \`Idempotency-Key\` they are replayed. After 429 and 503, \`Retry-After\` says when to ask again.

Generated from the code; \`npm run generate\`.
`;

const row = ({ code, status, title, rule }: ProblemType) => [`\`${code}\``, String(status), title, rule ?? ''];

settle({
  'docs/errors.md': `${INTRODUCTION}\n${table(['code', 'status', 'meaning', 'rule'], problemTypes().map(row))}`,
});
