import { Injectable } from '@nestjs/common';
import { type DocumentPlace, DocumentVault, Excerpts } from '../../documents/index.js';
import { GrantStore } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { LineageDocuments, Receivables } from '../../receivables/index.js';
import { AwaitedTags } from '../commands/awaited-tags.js';
import { EvidenceBuilder } from '../commands/evidence-builder.js';
import { EvidenceLetters } from '../commands/evidence-letters.js';
import type { Financing } from '../domain/financing.js';
import { ShownStore } from '../storage/shown.store.js';

/** The holder shows its lender what came about since: receipts, changes, credit notes, disputes, other invoices. */
@Injectable()
export class PushEvidence {
  constructor(
    private readonly lineage: LineageDocuments,
    private readonly receivables: Receivables,
    private readonly vault: DocumentVault,
    private readonly shown: ShownStore,
    private readonly evidence: EvidenceBuilder,
    private readonly tags: AwaitedTags,
    private readonly letters: EvidenceLetters,
    private readonly grants: GrantStore,
    private readonly excerpts: Excerpts,
  ) {}

  /**
   * Sends what the lender has not seen, or not with what lines meet by now, and then again what it did not take in, within the current unit
   * of work. Gives whether some of it is not here yet, or waits for a buyer's tags. Nothing once its grant is revoked.
   */
  async run(financing: Financing): Promise<boolean> {
    const { id, object, onOrder, sent } = financing;
    const grant = sent ? (await this.grants.ofFinancing(id))?.grant : undefined;
    if (!grant || grant.revocation) return false;
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const commitments = [
      ...(receivable ? await this.lineage.ofReceivable(receivable) : await this.lineage.ofOrder(object)),
      ...(await this.evidence.proposed(object, receivable)),
    ];
    const shown = new Map(await this.shown.of(id));
    const standing = new Set(commitments.map(({ root }) => root));
    const gone = [...shown.keys()].filter((root) => !standing.has(root));
    // Its lender takes in only what its own index has: what a lost block took along may have been shown in vain.
    if (gone.length > 0) await this.shown.forget(id, gone);
    const unseen = commitments.filter(({ root }) => !shown.has(root));
    // What stands no more can change what lines meet by, as an order's version before one that was shown as proposed: then all with lines
    // goes once more.
    if (unseen.length === 0 && gone.length === 0) return false;
    const untaken = await this.letters.untaken(financing);
    const untagged = await this.untagged(financing, unseen);
    const here = await this.here(unseen.filter(({ root }) => !untagged.has(root)));
    if (unseen.length > 0 && here.size === 0) return true;
    const signatures = await this.evidence.signatures(object, onOrder);
    if (!signatures) return true;
    // Only beside what is new: what its lender refuses would go again and again.
    for (const root of untaken) shown.delete(root);
    const { documents, items } = await this.evidence.documents(object, onOrder, grant.fields, shown);
    // What was shown before may go again, and then waits as well: it counts as unseen until it goes.
    const waits = untagged.size > 0 ? untagged : await this.untagged(financing, documents);
    const ready = documents.filter(({ root }) => !waits.has(root));
    await this.letters.send(financing, { documents: ready, items }, signatures);
    const held = documents.flatMap(({ root }) => (waits.has(root) ? [root] : []));
    if (held.length > 0) await this.shown.forget(id, held);
    return held.length > 0 || unseen.some(({ root }) => !here.has(root));
  }

  /** Roots of what is kept here, in full or in part. */
  private async here(places: readonly DocumentPlace[]): Promise<ReadonlySet<Hex>> {
    const [whole, parts] = await Promise.all([this.vault.atAll(places), this.excerpts.at(places)]);
    return new Set([...whole.keys(), ...parts.map(({ root }) => root)]);
  }

  /** What is to wait: by which a claim is judged, with the tags that its buyers owe by now. All else a lender takes in with those that it has. */
  private async untagged(
    financing: Financing,
    documents: readonly { readonly root: Hex }[],
  ): Promise<ReadonlySet<Hex>> {
    const judged = new Set(await this.evidence.judgedBy(financing.object, financing.onOrder));
    const waits = documents.some(({ root }) => judged.has(root)) && (await this.tags.lack(financing));
    return waits ? judged : new Set();
  }
}
