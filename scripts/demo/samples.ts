import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../samples/ubl/', import.meta.url);

/** Numbers of the sample documents; each run of the demo gets fresh ones in their place. */
const NUMBERS = ['PO-2026-0042', 'INV-2026-0107'] as const;

export type Sample = 'order' | 'order-response' | 'despatch-advice' | 'receipt-advice' | 'invoice' | 'credit-note';

/** The project's own documents, re-numbered by `run`, so that the story can be told again on the same data. */
export class Samples {
  constructor(private readonly run: string) {}

  read(name: Sample): string {
    const text = readFileSync(fileURLToPath(new URL(`${name}.xml`, FOLDER)), 'utf8');
    return NUMBERS.reduce((document, number) => document.replaceAll(number, `${number}-${this.run}`), text);
  }

  get orderNumber(): string {
    return `${NUMBERS[0]}-${this.run}`;
  }
}
