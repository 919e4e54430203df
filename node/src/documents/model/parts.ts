/** Identifier of a legal entity: letters raised, spaces removed; `scheme` as the document names it, '' when it does not. */
export interface LegalEntity {
  readonly scheme: string;
  readonly id: string;
}

/** A party as a document names it. */
export interface PartyModel {
  /** First present of legal entity's, tax scheme's, endpoint's and other identification; none if the document has none. */
  readonly entity?: LegalEntity;
  /** All identifiers in that order, `entity` first, without repeats: different documents lead with different ones. */
  readonly entities: readonly LegalEntity[];
  readonly name?: string;
}

/** How a line says what it is about. Plain JSON's `item` stands as the seller's. */
export interface ItemModel {
  readonly seller?: string;
  readonly buyer?: string;
  readonly standard?: string;
  readonly name?: string;
}

/** A line of any document. Quantities are plain decimals without trailing zeros; they can be negative in corrections. */
export interface LineModel {
  readonly id: string;
  readonly item: ItemModel;
  /** Ordered, despatched, received, invoiced or credited, as the document's kind says. */
  readonly quantity?: string;
  readonly unit?: string;
}

/** A line with money in the document's currency. */
export interface PricedLineModel extends LineModel {
  /** LineExtensionAmount: net of taxes, after the line's own allowances and charges. */
  readonly amount?: string;
  /** Price of `priceQuantity` (1 if absent) of the item. */
  readonly price?: string;
  readonly priceQuantity?: string;
}

/** A line that answers a line of an order. */
export interface ReferringLineModel extends LineModel {
  /** Number of the order's line. */
  readonly orderLine?: string;
  /** The order's number, if the line names one itself. */
  readonly orderNumber?: string;
}

/** One due date of an invoice. */
export interface InstalmentModel {
  readonly dueDate: string;
  readonly amount: string;
}
