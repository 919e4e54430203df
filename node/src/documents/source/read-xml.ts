import { XmlCData, XmlComment, XmlDocument, XmlElement, XmlParseError, XmlText } from 'libxml2-wasm';
import { decodeXml } from './decode-xml.js';
import { MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_POINTER, MAX_VALUES } from './limits.js';
import { malformed, tooDeep, tooLarge } from './problems.js';
import { SourceNode } from './source-node.js';
import { canonicalText } from './text.js';

/** A parsed XML document: its root's name and namespace, and what is in it. */
export interface XmlSource {
  readonly name: string;
  readonly namespace: string;
  readonly root: SourceNode;
}

/**
 * Reads XML without document type, entities, network or, within the root, processing instructions. Elements of the root's namespace and of `plain` ones go by
 * their local names, others by `{namespace}name`; attributes by `@name`; text is trimmed.
 * Throws DOCUMENT_MALFORMED, _TOO_LARGE, _TOO_DEEP, _DOCTYPE_REFUSED, _ENCODING_UNSUPPORTED, _TEXT_INVALID.
 */
export function readXml(bytes: Uint8Array, plain: readonly string[]): XmlSource {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge(`more than ${MAX_DOCUMENT_BYTES} bytes`);
  const document = parse(decodeXml(bytes));
  try {
    const { name, namespaceUri: namespace } = document.root;
    const walker = new XmlWalker(new Set([namespace, ...plain]));
    const root = new SourceNode();
    walker.walk(document.root, root, 0);
    return { name, namespace, root };
  } finally {
    document.dispose();
  }
}

function parse(text: string): XmlDocument {
  try {
    return XmlDocument.fromString(text);
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw malformed('no XML');
    const first = error.details[0];
    // libxml2's own limit, at 256, is the only one of its errors that is told apart.
    if (first?.message.startsWith('Excessive depth')) throw tooDeep(`nested deeper than ${MAX_DEPTH}`);
    throw malformed(
      `no XML: ${first?.message.trim() ?? error.message}`,
      first ? { line: first.line, column: first.col } : {},
    );
  }
}

class XmlWalker {
  private values = 0;

  constructor(private readonly plain: ReadonlySet<string>) {}

  walk(element: XmlElement, node: SourceNode, depth: number): void {
    if (depth > MAX_DEPTH) throw tooDeep(`nested deeper than ${MAX_DEPTH}`);
    for (const attribute of element.attrs) this.put(node.add(`@${this.nameOf(attribute, '')}`), attribute.value);
    const children: [string, XmlElement][] = [];
    let text = '';
    for (let child = element.firstChild; child; child = child.next) {
      if (child instanceof XmlElement) children.push([this.nameOf(child), child]);
      else if (child instanceof XmlText || child instanceof XmlCData) text += child.content;
      // Beware: libxml2-wasm gives a processing instruction no next sibling. Whatever came after it would be left out.
      else if (!(child instanceof XmlComment)) throw malformed('a processing instruction within the document');
      this.count(children.length);
    }
    const occurrences = new Map<string, number>();
    for (const [name] of children) occurrences.set(name, (occurrences.get(name) ?? 0) + 1);
    for (const [name, child] of children) this.walk(child, node.addOrAppend(name, occurrences.get(name)!), depth + 1);
    if (children.length === 0 || text.trim() !== '') this.put(node, text);
  }

  private nameOf(item: { name: string; namespaceUri: string }, own?: string): string {
    const namespace = item.namespaceUri;
    // Before it becomes part of any name: thousands of elements may share a namespace, and each would get a copy.
    if (namespace.length > MAX_POINTER) throw tooLarge(`a namespace of more than ${MAX_POINTER} characters`);
    return namespace === own || this.plain.has(namespace) ? item.name : `{${namespace}}${item.name}`;
  }

  private put(node: SourceNode, text: string): void {
    this.count(++this.values);
    node.value = canonicalText(text).trim();
  }

  private count(values: number): void {
    if (values > MAX_VALUES) throw tooLarge(`more than ${MAX_VALUES} values`);
  }
}
