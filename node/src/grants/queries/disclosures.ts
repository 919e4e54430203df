import { Injectable } from '@nestjs/common';
import {
  commit,
  type DisclosedDocument,
  documentErased,
  type DocumentPlace,
  DocumentVault,
  Excerpts,
  narrow,
  verifyDisclosure,
} from '../../documents/index.js';
import type { DisclosureVerdict } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from '../../orders/domain/order.js';
import { OrderAccess, Orders } from '../../orders/index.js';
import { OthersRegistrations, type Receivable, ReceivableAccess, Receivables } from '../../receivables/index.js';
import { disclosureNotOfObject } from '../domain/problems.js';
import { GrantedCopies } from './granted-copies.js';
import { type Subject, Subjects } from './subjects.js';

/** A verdict on fields that someone brought, the document that they are of, and how far that stands. */
export type BroughtVerdict = DisclosureVerdict & {
  readonly document: Hex;
  /** Whether it is the object's own document as it is now, not a version before; null for an entry of its log, which has no versions. */
  readonly inForce: boolean | null;
  /** Of the object, which tells whether the other side has signed. */
  readonly status: Order['status'] | Receivable['status'];
};

/** Fields with their proof, for whoever is to check them at a node of its own. */
@Injectable()
export class Disclosures {
  constructor(
    private readonly orders: Orders,
    private readonly orderAccess: OrderAccess,
    private readonly receivables: Receivables,
    private readonly receivableAccess: ReceivableAccess,
    private readonly subjects: Subjects,
    private readonly registrations: OthersRegistrations,
    private readonly vault: DocumentVault,
    private readonly excerpts: Excerpts,
    private readonly copies: GrantedCopies,
  ) {}

  /**
   * Fields of a document of the object, by default of the one in force: of this member's own any, of its excerpts those that
   * they have, of others' those that it was granted. Throws what access to the object throws, DISCLOSURE_NOT_OF_OBJECT,
   * DISCLOSURE_FIELD_MISSING, DOCUMENT_ERASED for what was this member's own, REGISTRATION_UNAUTHORIZED for a registration that is another's to show,
   * GRANT_FIELDS_EXCEEDED.
   */
  async of(subject: Subject, patterns: readonly string[], document?: Hex): Promise<DisclosedDocument> {
    const { object } = subject;
    const standing = subject.onOrder
      ? await this.orderAccess.require(await this.orders.get(object))
      : await this.receivableAccess.require(await this.receivables.get(object));
    const root = await this.rootOf(subject, await this.objectOf(subject), document);
    const own = standing === 'SHOWN' ? undefined : await this.own({ root, object }, patterns);
    return own ?? this.copies.narrowed(object, root, patterns);
  }

  /** Whether fields that someone brought are in a document that the chain has of the object; whoever may ask. */
  async verify(subject: Subject, disclosure: unknown, document?: Hex): Promise<BroughtVerdict> {
    const found = await this.objectOf(subject);
    const { commitment, status } = found;
    const root = await this.rootOf(subject, found, document);
    const isVersion = root === commitment || (await this.subjects.versions(subject)).includes(root);
    const inForce = isVersion ? root === commitment : null;
    return { ...verifyDisclosure(disclosure, root), document: root, inForce, status };
  }

  /** Undefined where this member never had it, be it in part. */
  private async own(place: DocumentPlace, patterns: readonly string[]): Promise<DisclosedDocument | undefined> {
    const { root, object } = place;
    const stored = await this.vault.at(place);
    if (stored) {
      const { kind } = stored.document;
      if ((await this.registrations.among([{ root, kind }], [object])).has(root))
        throw CONTRACT_PROBLEMS.RegistrationUnauthorized('only who registered it shows it with its proof', {
          document: root,
          object,
        });
      return { root, object, kind, disclosure: commit(stored.fields, stored.seed).disclose(patterns) };
    }
    const [excerpt] = await this.excerpts.at([place]);
    if (excerpt) return { ...excerpt, disclosure: narrow(excerpt.disclosure, patterns) };
    if ((await this.vault.isErased(place)) || (await this.excerpts.isErased(place)))
      throw documentErased('its data key was destroyed', { object, document: root });
    return undefined;
  }

  private async rootOf(subject: Subject, { commitment }: Order | Receivable, document: Hex | undefined): Promise<Hex> {
    const { object } = subject;
    if (document === undefined || document === commitment) return commitment;
    if ((await this.subjects.documents(subject)).some(({ root }) => root === document)) return document;
    throw disclosureNotOfObject('the chain has no such commitment of the object', { object, document });
  }

  private objectOf({ object, onOrder }: Subject): Promise<Order | Receivable> {
    return onOrder ? this.orders.get(object) : this.receivables.get(object);
  }
}
