import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { RpcEndpoint } from './rpc-endpoint.js';

it('says why nobody answers at a name of several addresses', async () => {
  const before = getGlobalDispatcher();
  // As Node says that each of them refused: with a code, and without a word.
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  setGlobalDispatcher(new Agent({ connect: (_options, done) => done(refused, null) }));
  try {
    await expect(new RpcEndpoint('http://user:secret@node.example/key').request('eth_chainId')).rejects.toMatchObject({
      fault: 'UNREACHABLE',
      message: 'ECONNREFUSED',
    });
  } finally {
    setGlobalDispatcher(before);
  }
});
