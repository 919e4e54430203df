import { Injectable } from '@nestjs/common';
import { hashWords } from '../../kernel/abi-words.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import type { Receivable } from '../domain/receivable.js';
import { entryKindNumber, type ReceivableEntry, type ReceivableEntryKind } from '../domain/receivable-log.js';
import type { ChainReceivable } from '../storage/chain-receivables.js';
import type { EventPlace } from '../storage/event-place.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';

const NOTHING: Hex = `0x${'00'.repeat(32)}`;

/** Logs of receivables, as the chain hashes them, put together from what each event said. */
@Injectable()
export class ReceivableEntries {
  constructor(private readonly store: ReceivableLogStore) {}

  /** By receivable, each in the order of its log, and as it was when the receivable was read: so it hashes to the head that that has. */
  async of(receivables: readonly Receivable[]): Promise<ReadonlyMap<Hex, readonly ReceivableEntry[]>> {
    const ids = receivables.map(({ id }) => id);
    const [payments, creditNotes, disputes, statements, parts] = await Promise.all([
      this.store.payments(ids),
      this.store.creditNotes(ids),
      this.store.disputes(ids),
      this.store.statements(ids),
      this.store.parts(ids),
    ]);
    const settled = new Set(payments.flatMap(({ receivable, settles }) => (settles ? [receivable] : [])));
    const placed = [
      ...receivables.flatMap(({ id, confirmation, confirmed }) =>
        confirmation && confirmed
          ? [said(id, 'CONFIRMATION', confirmation, 0, { ...confirmed, log: confirmed.logIndex })]
          : [],
      ),
      ...payments.flatMap(({ receivable, entry, commitment, settles, claimed, acknowledged, withdrawn }) => [
        said(receivable, 'PAYMENT_CLAIM', commitment, 0, claimed),
        ...(acknowledged
          ? [said(receivable, settles ? 'SETTLEMENT' : 'PAYMENT_ACKNOWLEDGEMENT', NOTHING, entry, acknowledged)]
          : []),
        ...(withdrawn ? [said(receivable, 'PAYMENT_WITHDRAWAL', NOTHING, entry, withdrawn)] : []),
      ]),
      ...creditNotes.map(({ receivable, commitment, issued }) =>
        said(receivable, 'CREDIT_NOTE', commitment, 0, issued),
      ),
      ...disputes.flatMap(({ receivable, entry, commitment, opened, resolution, resolved }) => [
        said(receivable, 'DISPUTE', commitment, 0, opened),
        ...(resolved ? [said(receivable, 'DISPUTE_RESOLUTION', resolution ?? NOTHING, entry, resolved)] : []),
      ]),
    ];
    placed.push(
      ...statements.map(({ receivable, kind, commitment, made }) => said(receivable, kind, commitment, 0, made)),
      ...receivables.flatMap((each) => declaredSettlement(each, settled)),
      ...receivables.flatMap((each) => split(each, parts)),
    );
    placed.sort((a, b) => a.place.block - b.place.block || a.place.log - b.place.log);
    const byReceivable = Map.groupBy(placed, ({ receivable }) => receivable);
    return new Map(
      receivables.map(({ id, entries }) => [
        id,
        (byReceivable.get(id) ?? []).slice(0, entries).map(({ entry }) => entry),
      ]),
    );
  }
}

/** One that was settled by no payment was by the payee's word, which the event of its end stands for. */
function declaredSettlement({ id, status, ended }: Receivable, byPayment: ReadonlySet<Hex>) {
  if (status !== 'SETTLED' || ended === null || byPayment.has(id)) return [];
  return [said(id, 'SETTLEMENT_DECLARATION', NOTHING, 0, { ...ended, log: ended.logIndex })];
}

/** Its entry commits to all parts: keccak256 of keccak256(abi.encode(part, holder, commitment)), one after another. */
function split({ id, status, ended }: Receivable, parts: readonly ChainReceivable[]) {
  if (status !== 'SPLIT' || ended === null) return [];
  const own = parts.filter(({ parent }) => parent === id);
  const hashes = own.map((part) => toBytes(hashWords(part.id, part.holder, part.commitment)));
  return [said(id, 'SPLIT', keccak256Hex(Buffer.concat(hashes)), 0, { ...ended, log: ended.logIndex })];
}

function said(receivable: Hex, kind: ReceivableEntryKind, commitment: Hex, about: number, place: EventPlace) {
  return { receivable, place, entry: { kind: entryKindNumber(kind), commitment, about, recordedAt: place.at } };
}
