import { canonicalJsonNumber } from '../../kernel/decimal.js';
import { MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_VALUES } from './limits.js';
import { malformed, tooDeep, tooLarge } from './problems.js';
import { SourceNode } from './source-node.js';
import { canonicalText } from './text.js';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS: readonly (readonly [string, string | undefined])[] = [
  ['true', 'true'],
  ['false', 'false'],
  ['null', undefined],
];

/** A JSON text read strictly. `span` gives the bytes of the whole, or of a member of it, as they were sent. */
export interface JsonSource {
  readonly root: SourceNode;
  span(node: SourceNode): Uint8Array;
}

/**
 * Reads JSON (RFC 8259) from UTF-8. Numbers keep their source text and never pass through a double; repeated names are
 * refused. Throws DOCUMENT_MALFORMED, _TOO_LARGE, _TOO_DEEP, _REPEATED_KEY, _TEXT_INVALID, DECIMAL_INVALID.
 */
export function readJson(bytes: Uint8Array): JsonSource {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge(`more than ${MAX_DOCUMENT_BYTES} bytes`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('the document is not UTF-8');
  }
  return new JsonReader(text).read();
}

class JsonReader {
  private at = 0;
  private values = 0;
  private readonly spans = new Map<SourceNode, readonly [number, number]>();

  constructor(private readonly text: string) {}

  read(): JsonSource {
    const root = new SourceNode();
    this.readValue(root, 0);
    if (this.at < this.text.length) throw this.unexpected();
    return {
      root,
      span: (node) => {
        const [from, to] = this.spans.get(node) ?? [0, 0];
        return Buffer.from(this.text.slice(from, to));
      },
    };
  }

  private readValue(node: SourceNode, depth: number): void {
    if (depth > MAX_DEPTH) throw tooDeep(`nested deeper than ${MAX_DEPTH}`);
    if (++this.values > MAX_VALUES) throw tooLarge(`more than ${MAX_VALUES} values`);
    this.skipSpace();
    const from = this.at;
    const next = this.text[from];
    if (next === '{') this.readObject(node, depth);
    else if (next === '[') this.readArray(node, depth);
    else if (next === '"') node.value = canonicalText(this.readString());
    else this.readScalar(node);
    if (depth <= 1) this.spans.set(node, [from, this.at]);
    this.skipSpace();
  }

  private readObject(node: SourceNode, depth: number): void {
    this.at++;
    this.skipSpace();
    if (this.accept('}')) return;
    do {
      this.skipSpace();
      if (this.text[this.at] !== '"') throw this.unexpected();
      const member = node.add(this.readString());
      this.skipSpace();
      this.expect(':');
      this.readValue(member, depth + 1);
    } while (this.accept(','));
    this.expect('}');
  }

  private readArray(node: SourceNode, depth: number): void {
    this.at++;
    node.asArray();
    this.skipSpace();
    if (this.accept(']')) return;
    do this.readValue(node.append(), depth + 1);
    while (this.accept(','));
    this.expect(']');
  }

  private readString(): string {
    const from = this.at++;
    let escaped = false;
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) break;
      // Not a number when the text has ended: no comparison holds then.
      if (!(code >= 0x20)) throw this.unexpected();
      if (code !== 0x5c) continue;
      escaped = true;
      this.at++;
    }
    this.at++;
    if (!escaped) return this.text.slice(from + 1, this.at - 1);
    try {
      return JSON.parse(this.text.slice(from, this.at)) as string;
    } catch {
      throw malformed(`no JSON string at character ${from}`);
    }
  }

  private readScalar(node: SourceNode): void {
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number !== undefined) {
      this.at += number.length;
      node.number = number;
      node.value = canonicalJsonNumber(number);
      return;
    }
    const literal = LITERALS.find(([word]) => this.text.startsWith(word, this.at));
    if (!literal) throw this.unexpected();
    this.at += literal[0].length;
    node.value = literal[1];
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  private accept(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.accept(character)) throw this.unexpected();
  }

  private unexpected() {
    const found = this.at < this.text.length ? `unexpected character at ${this.at}` : 'the text ends too early';
    return malformed(`no JSON: ${found}`, { position: this.at });
  }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
