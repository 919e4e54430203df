import { z } from 'zod';
import { bundleSchema } from '../../node/src/proofs/verify/bundle/schema.js';
import { evidenceFileSchema } from '../../node/src/proofs/verify/evidence-file/schema.js';
import { trustSchema } from '../../node/src/proofs/verify/trust/schema.js';
import { publishedVerdict } from '../../node/src/proofs/routes/verdict.view.js';
import { json, settle } from '../lib/generated.js';

/** JSON Schema of what docs/spec describes, for whoever writes a verifier or a maker of their own. */
const SCHEMAS = { bundle: bundleSchema, evidence: evidenceFileSchema, trust: trustSchema, verdict: publishedVerdict };
const FOLDER = 'docs/spec/schema';

settle(
  Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [
      `${FOLDER}/${name}.schema.json`,
      json(z.toJSONSchema(schema, { target: 'draft-2020-12' })),
    ]),
  ),
  FOLDER,
);
