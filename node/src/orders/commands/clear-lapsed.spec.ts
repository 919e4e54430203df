import type { Hex } from '../../kernel/hex.js';
import { ClearLapsed } from './clear-lapsed.js';

const [ORDER, BORN, OTHER, SAID] = ['0a', '0b', '0c', '0d'].map((byte): Hex => `0x${byte.repeat(32)}`) as [
  Hex,
  Hex,
  Hex,
  Hex,
];

it('says of what lapsed on an order that it did, unless that is on its way, and gives the claims that run', async () => {
  const sent: object[] = [];
  const claims = [
    { object: ORDER, state: 'NONE' },
    { object: BORN, state: 'ASSIGNED' },
    { object: OTHER, state: 'NONE' },
    { object: SAID, state: 'NONE' },
  ];
  const lapsed = new ClearLapsed(
    { restingOn: () => Promise.resolve(claims) } as never,
    {
      submit: (request: object) => Promise.resolve(sent.push(request)),
      underWay: (act: string, objects: Hex[], account: string) =>
        Promise.resolve(act === 'clearLapsed' && account === '0x0e' ? objects.filter((object) => object === SAID) : []),
    } as never,
    { operator: { address: '0x0e' } } as never,
  );
  expect(await lapsed.ensure(ORDER)).toEqual([claims[1]]);
  const told = (type: string, id: Hex) => {
    const call = { contract: 'ReceivableRegistry', fn: 'lapse', args: [id] };
    return { act: 'clearLapsed', call, account: '0x0e', subject: { type, id } };
  };
  expect(sent).toEqual([told('order', ORDER), told('receivable', OTHER)]);
});
