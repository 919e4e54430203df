import { z } from 'zod';
import { FRAGMENT_KINDS } from '../verify/fragment.js';

const fragment = z.object({
  kind: z.enum(FRAGMENT_KINDS),
  status: z.enum(['VALID', 'INVALID', 'SKIPPED', 'ERROR']),
  reason: z.object({ code: z.string(), message: z.string().describe('For a credit officer.') }),
  data: z.record(z.string(), z.unknown()).optional(),
});

const block = z.object({ number: z.number().int(), hash: z.string(), time: z.iso.datetime() });

/** A verdict as docs/spec/verdict.md says it. */
export const verdictView = z.object({
  valid: z.boolean().describe('True only if each required kind is VALID.'),
  trust: z.enum(['validator-quorum', 'own-rpc', 'unsealed']).describe('What the verdict rests on.'),
  asOfBlock: block,
  fragments: z.array(fragment),
});

/** The same of a file, as the offline verifier says it. */
export const fileVerdictView = verdictView.extend({
  subject: z.object({ kind: z.enum(['ORDER', 'RECEIVABLE']), id: z.string() }),
  members: z.array(z.object({ number: z.number().int(), name: z.string() })).describe('The parties.'),
});

/** The same of an item of evidence (docs/spec/evidence.md). */
export const evidenceVerdictView = verdictView.extend({
  member: z.object({ number: z.number().int(), name: z.string() }).describe('Whose word it is.'),
  batch: z.number().int().describe('Number in the member’s chain of batches.'),
  text: z.string().describe('The item as it was sent; believed only if the verdict is valid.'),
});

/** Every verdict that there is: on a bundle, on an item of evidence, and a node’s own, which is asked for by what it is about. */
export const publishedVerdict = z.xor([fileVerdictView.strict(), evidenceVerdictView.strict(), verdictView.strict()]);

/** The same as of a bundle, and whether it still holds. */
export const checkedBundleView = fileVerdictView.extend({
  current: z
    .object({
      asOfBlock: block,
      unchanged: z
        .boolean()
        .nullable()
        .describe(
          'Whether all that the file rests on is as it was; null where it was so at `asOfBlock`, and this node is behind the chain, or the chain stands still.',
        ),
      changed: z.array(
        z.object({
          what: z.enum(['ORDER', 'RECEIVABLE', 'ENCUMBRANCE', 'FINGERPRINT', 'MEMBER']),
          object: z.string().describe('Id, or name of a member.'),
        }),
      ),
    })
    .nullable()
    .describe('By this node’s own chain; null when the file proves nothing or is of another chain.'),
});
