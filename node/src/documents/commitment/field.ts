/** One leaf of a document: an RFC 6901 pointer and its canonical value (docs/spec/canonical-form.md). */
export interface Field {
  readonly path: string;
  readonly value: string;
}
