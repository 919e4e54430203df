import { setImmediate } from 'node:timers/promises';
import type { Hex } from '../../kernel/hex.js';
import { Problem, type ProblemRecord } from '../../kernel/problem.js';
import { readItem } from './evidence-item.js';
import { evidenceIdTaken } from './problems.js';

/** Most faults that a refusal lists. */
const MOST_LISTED = 100;
/** Items read before others take their turn: some milliseconds. */
const ITEMS_A_TURN = 512;

/** The text of an item as it was sent. */
export interface ItemText {
  /** Its place among the items, from 0. */
  readonly item: number;
  /** Line of the body, from 1; only where it came by lines. */
  readonly line?: number;
  readonly text: string;
}

/** The same once it is read. */
export interface ReadItem extends ItemText {
  readonly id: string;
  /** Order or receivable that it is of. */
  readonly object: Hex | null;
  readonly of: 'order' | 'receivable' | null;
}

/** What is wrong with which items. */
export class Faults {
  private readonly listed: (ProblemRecord & { item: number; line?: number })[] = [];
  private counted = 0;

  get count(): number {
    return this.counted;
  }

  add({ item, line }: ItemText, problem: Problem): void {
    this.counted++;
    if (this.listed.length < MOST_LISTED) this.listed.push({ item, ...(line && { line }), ...problem.toRecord() });
  }

  /** How many, and the first hundred of them. */
  toFacts(): { refused: number; faults: readonly ProblemRecord[] } {
    return { refused: this.counted, faults: this.listed };
  }
}

/** Reads items; one that comes twice, word for word, is read once. What cannot be read is among the faults. */
export async function readItems(texts: readonly ItemText[]): Promise<{ items: ReadItem[]; faults: Faults }> {
  const read = new Map<string, ReadItem>();
  const faults = new Faults();
  for (const [i, text] of texts.entries()) {
    if (i % ITEMS_A_TURN === ITEMS_A_TURN - 1) await setImmediate();
    try {
      const item = toRead(text);
      const twin = read.get(item.id);
      if (!twin) read.set(item.id, item);
      else if (twin.text !== item.text) throw evidenceIdTaken(`item ${twin.item} has this id`, { id: item.id });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      faults.add(text, error);
    }
  }
  return { items: [...read.values()], faults };
}

function toRead(text: ItemText): ReadItem {
  const { id, order, receivable } = readItem(text.text);
  const of = order ? 'order' : receivable ? 'receivable' : null;
  return { ...text, id, object: order ?? receivable ?? null, of };
}
