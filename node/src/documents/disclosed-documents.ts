import { Injectable } from '@nestjs/common';
import type { Disclosure } from '../kernel/disclosure.js';
import type { Hex } from '../kernel/hex.js';
import type { Problem } from '../kernel/problem.js';
import type { DocumentPlace } from './vault/stored-document.js';

/** A document of others as far as it was disclosed to this member; the fields were checked against the root. */
export interface DisclosedDocument {
  readonly root: Hex;
  /** The order or receivable that it is about. */
  readonly object: Hex;
  /** As the document itself says. */
  readonly kind: string;
  readonly disclosure: Disclosure;
}

/** Where such documents are kept. Reading one counts as its reader's look; asking what is there does not. */
export interface DisclosureSource {
  /** Whatever may be read now of the documents behind these commitments, as far as it was disclosed of the same object. */
  at(places: readonly DocumentPlace[]): Promise<DisclosedDocument[]>;
  /** Which of the objects (or of all) have documents that may be read, unless all is {@link closed} for now. */
  standing(objects?: readonly Hex[]): Promise<Hex[]>;
  /** Of these the orders whose document shows a number, in whatever spelling. Throws for what is no number. */
  ofNumber(number: string): Promise<Hex[]>;
  /** Why nothing of an object may be read any more, or yet; a refused look. Undefined when nothing ever was to be. */
  refusal(object: Hex): Promise<Problem | undefined>;
  /** Why nothing at all may be read for now, whatever was disclosed. Undefined when that is not so. */
  closed(): Problem | undefined;
}

/** What others disclosed to this member. Rooms that take disclosures register as sources. */
@Injectable()
export class DisclosedDocuments {
  private readonly sources: DisclosureSource[] = [];

  addSource(source: DisclosureSource): void {
    this.sources.push(source);
  }

  async at(places: readonly DocumentPlace[]): Promise<DisclosedDocument[]> {
    if (places.length === 0) return [];
    return (await Promise.all(this.sources.map((source) => source.at(places)))).flat();
  }

  /** Fields by the commitments that they open; two disclosures of one document add up. */
  async fieldsAt(places: readonly DocumentPlace[]): Promise<Map<Hex, Map<string, string>>> {
    const found = new Map<Hex, Map<string, string>>();
    for (const { root, disclosure } of await this.at(places)) {
      const fields = found.get(root) ?? new Map<string, string>();
      for (const { path, value } of disclosure.fields) fields.set(path, value);
      found.set(root, fields);
    }
    return found;
  }

  /** Those of the objects of which something may be read now. */
  async readable(objects: readonly Hex[]): Promise<Hex[]> {
    const open = this.sources.filter((source) => !source.closed());
    return (await Promise.all(open.map((source) => source.standing(objects)))).flat();
  }

  /**
   * All objects of which something may be read, or all orders whose number it is. Throws why nothing may be read for now where it
   * would leave out any: a list without them would say that they are not there.
   */
  async allReadable(number?: string): Promise<Hex[]> {
    const all = this.sources.map(async (source) => {
      const closed = source.closed();
      const standing = await (number === undefined ? source.standing() : source.ofNumber(number));
      if (closed && standing.length > 0) throw closed;
      return standing;
    });
    return (await Promise.all(all)).flat();
  }

  /** Throws, a refused look, where something of the object would be read but for that nothing may be for now. */
  async requireOpen(object: Hex): Promise<void> {
    for (const source of this.sources) {
      const closed = source.closed();
      if (closed && (await source.standing([object])).length > 0) throw (await source.refusal(object)) ?? closed;
    }
  }

  /** Why nothing that others disclosed may be read for now: what is not found may be here all the same. */
  closed(): Problem | undefined {
    return this.sources.map((source) => source.closed()).find((problem) => problem !== undefined);
  }

  /** Why an object is not shown, where it was or will be. */
  async refusal(object: Hex): Promise<Problem | undefined> {
    for (const source of this.sources) {
      const problem = await source.refusal(object);
      if (problem) return problem;
    }
    return undefined;
  }
}
