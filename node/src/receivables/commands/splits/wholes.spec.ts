import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { Receivable } from '../../domain/receivable.js';
import { Wholes } from './wholes.js';

const [ID, ROOT, PARENT]: [Hex, Hex, Hex] = ['0x0a', '0x0b', '0x0c'];
const answering = (value: unknown) => () => Promise.resolve(value);
const make = (...parts: unknown[]) => new (Wholes as new (...args: never[]) => Wholes)(...(parts as never[]));

/** What is to be divided of a claim whose own document has these fields. */
const dividing = (fields: Record<string, string>, parent: Hex | null = null) =>
  make(
    { require: answering({ currency: 'GBP', dueDate: '2027-01-12' }) },
    { outstanding: answering(Rational.of(10)) },
    { of: answering({ cover: { amount: Rational.of(9) } }) },
    { of: answering(new Map([[ROOT, new Map(Object.entries(fields))]])) },
  ).of({ id: ID, commitment: ROOT, parent } as Receivable);

const invoice = { '/number': 'INV-1', '/amount': '10.00' };
const factor = { '/payTo/id': '9521000000049', '/payTo/scheme': '0088' };
const part = { '/amount': '10.00', '/covered': '9.00', '/parent': PARENT };
const unknown = { code: 'SPLIT_PAYEE_UNKNOWN', status: 409, facts: { receivable: ID } };

describe('what parts of a split say of the payee', () => {
  it.each([
    ['nobody', '', ''],
    ['another', 'payTo', 'payTo'],
    ['another, beside what was paid before', 'payTo prepaid', 'payTo'],
    ['nobody, beside what was paid before', 'prepaid', ''],
  ])('is what their whole does: %s', async (_, said, has) => {
    expect(await dividing({ ...invoice, '/has': said })).toMatchObject({ has });
  });

  it('is what the part says that is split once more', async () => {
    expect(await dividing({ ...part, '/has': 'payTo' }, PARENT)).toMatchObject({ has: 'payTo' });
    expect(await dividing({ ...part, '/has': '' }, PARENT)).toMatchObject({ has: '' });
  });

  it('is not made up where the whole is from before there was a word for it: that cannot be financed, nor by its parts', async () => {
    await expect(dividing(part, PARENT)).rejects.toMatchObject(unknown);
    // Whom it named by a name alone was in no field then.
    await expect(dividing(invoice)).rejects.toMatchObject(unknown);
    await expect(dividing({ ...invoice, ...factor })).rejects.toMatchObject(unknown);
    await expect(dividing({ ...invoice, '/has': 'no form' })).rejects.toMatchObject(unknown);
  });
});
