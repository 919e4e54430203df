import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { tryAgain } from '../../errors/index.js';
import { makeParcel, ITEMS_A_PARCEL } from '../domain/parcel.js';
import { evidenceIdTaken, evidenceItemsRefused, evidenceSubjectUnknown } from '../domain/problems.js';
import { type Faults, type ItemText, type ReadItem, readItems } from '../domain/read-items.js';
import { EvidenceItems } from '../storage/evidence-items.js';
import { EvidenceParcels } from '../storage/evidence-parcels.js';
import { EvidenceSubjects } from '../queries/evidence-subjects.js';

/** Parcels opened at once to compare what is in them: some megabytes. */
const PARCELS_AT_ONCE = 64;

/** What became of items that were sent. */
export interface Recorded {
  readonly received: number;
  /** New ones; the others were there already, word for word. */
  readonly added: number;
}

class SomeAreKnown extends Error {}

/** Takes in evidence by the thousand; what anchors it comes by and by. */
@Injectable()
export class RecordEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly items: EvidenceItems,
    private readonly parcels: EvidenceParcels,
    private readonly subjects: EvidenceSubjects,
  ) {}

  /**
   * Takes in items, all or none, within the current unit of work. An item whose id and text are known counts as received and
   * is kept once. Refuses with EVIDENCE_ITEMS_REFUSED (the fact `faults` says which items, and what is wrong with each), and with
   * EVIDENCE_SUBJECT_UNKNOWN for orders and receivables that are not on chain as indexed here.
   */
  async run(texts: readonly ItemText[]): Promise<Recorded> {
    const { items, faults } = await readItems(texts);
    if (faults.count > 0) throw refusal(faults);
    await this.requireSubjects(items, faults);
    const added = await this.addNew(items, faults);
    return { received: texts.length, added };
  }

  private async requireSubjects(items: readonly ReadItem[], faults: Faults): Promise<void> {
    const unknown = await this.subjects.unknown(items);
    if (unknown.size === 0) return;
    for (const item of items) {
      const problem = item.object && unknown.get(item.object);
      if (problem) faults.add(item, problem);
    }
    throw evidenceSubjectUnknown(`${faults.count} items, of ${unknown.size} that are unknown`, faults.toFacts());
  }

  /** How many were new. Mostly all are, so that they are looked for only when one turns out not to be. */
  private async addNew(items: readonly ReadItem[], faults: Faults): Promise<number> {
    if (await this.addAll(items)) return items.length;
    const known = await this.knownTexts(items);
    for (const item of items) {
      const text = known.get(item.id);
      if (text === undefined || text === item.text) continue;
      faults.add(item, evidenceIdTaken('what is kept under this id says something else', { id: item.id }));
    }
    if (faults.count > 0) throw refusal(faults);
    const fresh = items.filter(({ id }) => !known.has(id));
    if (!(await this.addAll(fresh)))
      throw tryAgain('another request is bringing the same items', { retryAfterSeconds: 1 });
    return fresh.length;
  }

  /** Whether all were new; if not, nothing was added. */
  private async addAll(items: readonly ReadItem[]): Promise<boolean> {
    try {
      await this.unitOfWork.attempt(async () => {
        const places: number[] = [];
        for (let at = 0; at < items.length; at += ITEMS_A_PARCEL) {
          const texts = items.slice(at, at + ITEMS_A_PARCEL).map(({ text }) => text);
          places.push(await this.parcels.add(makeParcel(texts)));
          await setImmediate(); // other requests take their turn
        }
        if ((await this.items.add(items, places)) < items.length) throw new SomeAreKnown();
      });
      return true;
    } catch (error) {
      if (error instanceof SomeAreKnown) return false;
      throw error;
    }
  }

  /** Texts of those that are there, by id. */
  private async knownTexts(items: readonly ReadItem[]): Promise<Map<string, string>> {
    const places = await this.items.places(items.map(({ id }) => id));
    const parcels = [...new Set(places.map(({ parcel }) => parcel))];
    const texts = new Map<string, string>();
    for (let at = 0; at < parcels.length; at += PARCELS_AT_ONCE) {
      const opened = await this.parcels.open(parcels.slice(at, at + PARCELS_AT_ONCE));
      for (const { id, parcel, position } of places) {
        const item = opened.get(parcel)?.[position];
        if (item) texts.set(id, item.text);
      }
    }
    return texts;
  }
}

function refusal(faults: Faults) {
  return evidenceItemsRefused(`${faults.count} items are at fault; see the faults`, faults.toFacts());
}
