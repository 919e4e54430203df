import type { Field } from '../commitment/field.js';
import { MAX_PATHS, MAX_POINTER } from './limits.js';
import { malformed, repeatedKey, tooLarge } from './problems.js';
import { canonicalText, pointerToken } from './text.js';

/**
 * A value, object or array of an imported document, the same for XML and JSON. Who maps the document marks what a
 * mapped field carries in full as `used`; {@link rest} lists everything else, so that nothing is lost.
 */
export class SourceNode {
  /** Canonical text of a value; also of an XML element that has attributes besides. Undefined for objects and null. */
  value?: string;
  /** For a JSON number its source text. */
  number?: string;
  used = false;
  /** Made with the first member: most nodes are values. */
  private named?: Map<string, SourceNode>;
  private listed?: SourceNode[];
  private readonly pointerLength: number;

  /** Throws DOCUMENT_TOO_LARGE when the pointer is longer than any is taken. */
  constructor(
    private readonly parent?: SourceNode,
    private readonly key = '',
  ) {
    this.pointerLength = parent ? parent.pointerLength + 1 + pointerToken(key).length : 0;
    // Beware: the message leaves the pointer out, which is as long as its sender liked.
    if (this.pointerLength > MAX_POINTER) throw tooLarge(`a pointer of more than ${MAX_POINTER} characters`);
  }

  /** Pointer within the document, for messages and leftover fields. */
  get pointer(): string {
    return this.parent ? `${this.parent.pointer}/${pointerToken(this.key)}` : '';
  }

  get isArray(): boolean {
    return this.listed !== undefined;
  }

  /** Makes this an array, an empty one to begin with. */
  asArray(): this {
    this.listed ??= [];
    return this;
  }

  /** A new last element of this array. Throws DOCUMENT_TOO_LARGE for its pointer. */
  append(): SourceNode {
    const items = (this.listed ??= []);
    const item = new SourceNode(this, String(items.length));
    items.push(item);
    return item;
  }

  /** A new member. Throws DOCUMENT_REPEATED_KEY when the name is taken, after NFC, DOCUMENT_TOO_LARGE for its pointer. */
  add(name: string): SourceNode {
    const key = memberName(name);
    this.named ??= new Map();
    if (this.named.has(key)) throw repeatedKey(`${this.pointer}/${pointerToken(key)} occurs twice`);
    const member = new SourceNode(this, key);
    this.named.set(key, member);
    return member;
  }

  /** A new member, or a further element where the name occurs again, as XML does it. */
  addOrAppend(name: string, occurrences: number): SourceNode {
    if (occurrences === 1) return this.add(name);
    const array = this.named?.get(memberName(name)) ?? this.add(name);
    return array.append();
  }

  /** The only member of this name. Throws DOCUMENT_REPEATED_KEY when there are several: no one could say which counts. */
  one(name: string): SourceNode | undefined {
    const member = this.named?.get(name);
    if (!member?.listed) return member;
    if (member.listed.length > 1) throw repeatedKey(`${member.pointer} occurs ${member.listed.length} times`);
    return member.listed[0];
  }

  /** All members of this name; one that is no array counts as an array of one. */
  all(name: string): readonly SourceNode[] {
    const member = this.named?.get(name);
    return member ? (member.listed ?? [member]) : [];
  }

  /** Names of the members. */
  get names(): Iterable<string> {
    return this.named?.keys() ?? [];
  }

  /** Takes back that fields carry this or what is below it: who read it made nothing of it. */
  release(): void {
    this.used = false;
    for (const member of this.named?.values() ?? []) member.release();
    for (const item of this.listed ?? []) item.release();
  }

  /**
   * Fields below `prefix` for each value that is not used, with the lengths of the arrays they are in. Throws
   * DOCUMENT_TOO_LARGE when their paths are longer together than is taken.
   */
  rest(prefix: string): Field[] {
    const fields: Field[] = [];
    this.collect(prefix, fields);
    const paths = fields.reduce((sum, { path }) => sum + path.length, 0);
    if (paths > MAX_PATHS) throw tooLarge(`the paths of its values have more than ${MAX_PATHS} characters together`);
    return fields;
  }

  private collect(path: string, into: Field[]): void {
    if (this.value !== undefined && !this.used) into.push({ path, value: this.value });
    if (this.named) for (const [name, member] of this.named) member.collect(`${path}/${pointerToken(name)}`, into);
    if (!this.listed) return;
    const before = into.length;
    this.listed.forEach((item, i) => item.collect(`${path}/${i}`, into));
    const isLeft = into.length > before || (this.listed.length === 0 && !this.used);
    if (isLeft) into.push({ path: `${path}/-`, value: String(this.listed.length) });
  }
}

function memberName(name: string): string {
  // The pointer of an array's length would be its own.
  if (name === '-') throw malformed('"-" cannot be a name here: it stands for the length of an array');
  return canonicalText(name);
}
