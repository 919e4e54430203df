import type { Hex } from '../../kernel/hex.js';

/** What was shown, or refused, of one document. Paths only: no value of any document is in it. */
export interface Look {
  /** Order or receivable. */
  readonly object: Hex;
  /** Commitment of the document; null when it is refused as a whole. */
  readonly root: Hex | null;
  /** Paths of the fields. */
  readonly fields: readonly string[];
  /** Null where there never was one. */
  readonly grant: Hex | null;
  readonly purpose: string | null;
  /** `SHOWN`, or the code of the refusal. */
  readonly outcome: string;
  /** Why a credit file was opened. */
  readonly reason?: string;
}

/** A look with who looked. */
export interface LookEntry extends Look {
  /** Short name of the member. */
  readonly viewer: string;
  /** Credential, of this member's own users alone. */
  readonly reader: string | null;
  /** Indexed head of the viewer's node. */
  readonly block: number;
  /** When the viewer's node says that it was, RFC 3339; null for a look at this node. */
  readonly seenAt: string | null;
  /** Envelope in which the viewer's node told of it; null for a look at this node. */
  readonly envelope: string | null;
  readonly requestId: string | null;
}
