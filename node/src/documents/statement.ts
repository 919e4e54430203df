import { createHash } from 'node:crypto';
import { toHex } from '../kernel/hex.js';
import { flatten } from './canonical/flatten.js';
import type { StatementKind, StatementModel } from './model/statement.js';
import type { TradeDocument } from './trade-document.js';

/**
 * A statement as a document: its fields are the content's members, its bytes the content as JSON. Undefined members are
 * left out. Throws RangeError for a number that is not a whole one.
 */
export function makeStatement(kind: StatementKind, content: StatementModel['content']): TradeDocument<StatementModel> {
  const bytes = Buffer.from(JSON.stringify(content));
  const sha256 = toHex(createHash('sha256').update(bytes).digest());
  const source = { bytes, mediaType: 'application/json', format: 'tradeproof', sha256 };
  return { kind, model: { kind, content }, fields: flatten(content), notes: [], source };
}
