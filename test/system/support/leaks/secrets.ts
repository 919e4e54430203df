import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { id as keccakOfText } from 'ethers';

/** A value that must be found nowhere, in one of the forms in which it could be. */
export interface Trace {
  /** The value, and the form: what a finding says. */
  readonly what: string;
  readonly hex: string;
  /** Only a whole 32-byte word counts: a number this small is part of many. */
  readonly word?: boolean;
}

/** Shorter texts occur in hashes by chance. */
const SHORTEST = 5;

/** What the demo's members say to one another beside documents. */
const SAID = ['80.00', '50.00', '96.75', 'E2E-0001', 'CORE-PAY-0001'];

/** All values of the sample documents and of the demo. */
export function documentValues(folder = 'samples/ubl'): string[] {
  const values = new Set(SAID);
  for (const name of readdirSync(folder)) {
    const xml = readFileSync(join(folder, name), 'utf8');
    for (const [, text] of xml.matchAll(/>([^<>]+)</g)) if (text!.trim().length >= SHORTEST) values.add(text!.trim());
  }
  return [...values];
}

const isAmount = (value: string): boolean => /^\d+\.\d\d$/.test(value);
const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value);
const utf8 = (text: string): string => Buffer.from(text).toString('hex');
const word = (number: bigint): string => number.toString(16).padStart(64, '0');

/** The forms in which a value could stand in bytes: as text, hashed by itself, an amount as a number. */
export function tracesOf(value: string): Trace[] {
  const traces: Trace[] = [
    { what: `${value} as text`, hex: utf8(value) },
    { what: `${value} as text in hex`, hex: utf8(utf8(value)) },
    { what: `keccak-256 of ${value}`, hex: keccakOfText(value).slice(2) },
    { what: `SHA-256 of ${value}`, hex: createHash('sha256').update(value).digest('hex') },
  ];
  if (!isAmount(value)) return traces;
  const minor = BigInt(value.replace('.', ''));
  const forms = { 'minor units': minor, '6 decimals': minor * 10n ** 4n, '18 decimals': minor * 10n ** 16n };
  for (const [form, number] of Object.entries(forms))
    traces.push({ what: `${value} in ${form}`, hex: word(number), word: true });
  return traces;
}

/** An account that must not be seen. */
export const traceOfAccount = (name: string, account: string): Trace => ({
  what: `account of ${name}`,
  hex: account.slice(2).toLowerCase(),
});

/** What of the values can be looked for in texts that are full of times and counters. */
export const inText = (values: readonly string[]): string[] =>
  values.filter((value) => !isDay(value) && !/^\d{1,7}$/.test(value));
