import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { ShownFacts } from './order-view.js';

/** Fields that others disclosed to this member, by the commitments that they open; checked by the source. */
export type DisclosureSource = (roots: readonly Hex[]) => Promise<ReadonlyMap<Hex, ReadonlyMap<string, string>>>;

/** Orders of others of which this member was shown something. Rooms that take disclosures register as sources. */
@Injectable()
export class OrderDisclosures {
  private readonly sources: DisclosureSource[] = [];

  addSource(source: DisclosureSource): void {
    this.sources.push(source);
  }

  /** What was shown of the document behind a commitment; undefined when nothing was. */
  async factsOf(commitment: Hex): Promise<ShownFacts | undefined> {
    for (const source of this.sources) {
      const fields = (await source([commitment])).get(commitment);
      if (fields) return toFacts(fields);
    }
    return undefined;
  }
}

function toFacts(fields: ReadonlyMap<string, string>): ShownFacts {
  const at = (path: string): string | null => fields.get(path) ?? null;
  return { number: at('/number'), issueDate: at('/issueDate'), currency: at('/currency'), amount: at('/amount') };
}
