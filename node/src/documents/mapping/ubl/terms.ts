import { Rational } from '../../../kernel/rational.js';
import type { DocumentModel } from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import type { Terms } from '../arithmetic.js';
import { amount, peek } from '../values.js';

/** Allowances, charges and totals of a UBL document, which are not mapped: what it states is held against them, what it does not derived. */
export function ublTerms(root: SourceNode, model: DocumentModel): Terms {
  const currency = 'currency' in model ? model.currency : undefined;
  const total = root.one('LegalMonetaryTotal') ?? root.one('AnticipatedMonetaryTotal');
  const stated = (name: string) => quietly(total?.one(name), currency);
  const orderLines = root.all('OrderLine').map((line) => line.one('LineItem'));
  const lines = [...orderLines, ...root.all('InvoiceLine'), ...root.all('CreditNoteLine')];
  return {
    lineAdjustments: lines.map((line) => adjustment(line, currency)),
    adjustment: adjustment(root, currency),
    lineTotal: stated('LineExtensionAmount'),
    prepaid: stated('PrepaidAmount'),
    rounding: stated('PayableRoundingAmount'),
    isUnclear: [root, ...lines].some((node) => allowances(node).some((each) => !quietly(each.one('Amount'), currency))),
  };
}

const allowances = (node: SourceNode | undefined) => node?.all('AllowanceCharge') ?? [];

function adjustment(node: SourceNode | undefined, currency: string | undefined): Rational {
  const parts = allowances(node).map((each) => {
    const part = Rational.parse(quietly(each.one('Amount'), currency) ?? '0');
    const isCharge = ['true', '1'].includes(each.one('ChargeIndicator')?.value ?? '');
    return isCharge ? part : Rational.ZERO.minus(part);
  });
  return Rational.sum(parts);
}

/** The amount, or nothing where it cannot be read: what is only checked refuses no document. */
function quietly(node: SourceNode | undefined, currency: string | undefined): string | undefined {
  try {
    return peek(node, (each) => amount(each, currency));
  } catch {
    return undefined;
  }
}
