import { MAX_PATH } from '../../kernel/disclosure.js';

/** What an imported document may be at most. Beyond it the answer is DOCUMENT_TOO_LARGE or DOCUMENT_TOO_DEEP. */
export const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;
/** Values: texts, numbers, attributes. The largest real order seen has a few thousand. */
export const MAX_VALUES = 20_000;
/** Nested elements or objects. UBL itself goes to about 15. */
export const MAX_DEPTH = 64;
/**
 * Characters of a value's pointer within the document: UBL's own have under 200, those in its signatures some 750. A field's path is longer by
 * where what no mapped field carries is kept.
 */
export const MAX_POINTER = MAX_PATH - 48;
/** Characters of all paths together. Each value is committed to with its whole path, so that one long name counts often. */
export const MAX_PATHS = 8 * 1024 * 1024;

export { MAX_PATH };
