import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { normaliseNumber } from '../../members/domain/tags.js';

/** Of a copy that shows no number. */
const NONE = Buffer.alloc(0);

/** What stands for a document number in tables: the same for all its spellings, and nothing to whoever reads the disk (rule 9). */
export class NumberTags {
  private readonly key: KeyObject;

  /** `vault` is the member's vault secret, which is never replaced. */
  constructor(vault: Hex) {
    this.key = createSecretKey(Buffer.from(hkdfSync('sha256', toBytes(vault), '', 'tradeproof/numbers/tag/v1', 32)));
  }

  /** HMAC-SHA-256 of the normalised number, 32 bytes. Throws as {@link normaliseNumber} does. */
  of(number: string): Buffer {
    return createHmac('sha256', this.key).update(normaliseNumber(number)).digest();
  }

  /** Of the number among a document's fields; no bytes where none is shown, or what is shown is no number. */
  among(fields: readonly { readonly path: string; readonly value: string }[]): Buffer {
    const number = fields.find(({ path }) => path === '/number')?.value;
    if (number === undefined) return NONE;
    try {
      return this.of(number);
    } catch (error) {
      if (error instanceof Problem) return NONE;
      throw error;
    }
  }
}
