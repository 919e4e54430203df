import { join } from 'node:path';
import { rpc } from '../embedded/rpc.js';
import { signAsAdmin } from '../keys/admin-key.js';
import { eventually, type Json, type MemberClient } from './client.js';
import { type Narrator, NotAsTold } from './narrator.js';

/** Legal entities of the story's documents, and whose they are. */
const PARTIES = [
  ['core', '0088:9521000000018'],
  ['supplier-1', '0088:9521000000025'],
] as const;

/** Folder of a founding, which has every member's admin key, an endpoint of its chain, and whoever administers a node. */
export interface Registrar {
  readonly dir: string;
  readonly rpcUrl: string;
  readonly client: (member: string) => MemberClient;
}

/**
 * Registers the parties of the documents where nodes learn none: each node says what is to be signed, the member's admin
 * key, which is on no node, signs it, and the chain takes it from anyone.
 */
export async function registerParties(registrar: Registrar, narrator: Narrator): Promise<void> {
  narrator.heading('Whose the documents’ parties are');
  for (const [member, entity] of PARTIES) {
    const client = registrar.client(member);
    const path = `/v1/legal-entities?entity=${encodeURIComponent(entity)}`;
    if ((await client.get(path)).body['status'] !== 'REGISTERED') await register(registrar, client, entity, narrator);
    const seen = await eventually(
      () => client.get(path),
      ({ body }) => body['status'] === 'REGISTERED',
    );
    narrator.step(member, 'GET /v1/legal-entities', seen, seen.body['member'] === member, `${entity} is ${member}'s`);
  }
}

async function register(
  { dir, rpcUrl }: Registrar,
  client: MemberClient,
  entity: string,
  narrator: Narrator,
): Promise<void> {
  const cold = await client.post('/v1/legal-entities', { entity });
  const told = cold.body['code'] === 'ADMIN_KEY_COLD';
  narrator.step(client.name, 'POST /v1/legal-entities', cold, told, 'only the admin key can: its node has it not');
  const { to, data } = cold.body['facts'] as Json as { to: string; data: string };
  const admin = join(dir, client.name, 'admin');
  const place = { keystore: join(admin, 'keystore.json'), passphraseFile: join(admin, 'passphrase') };
  const account = String((await client.get(`/v1/members/${client.name}`)).body['admin']);
  const [chainId, nonce] = await Promise.all([
    rpc<string>(rpcUrl, 'eth_chainId'),
    rpc<string>(rpcUrl, 'eth_getTransactionCount', [account, 'latest']),
  ]);
  const raw = await signAsAdmin(place, { to, data, chainId: Number(chainId), nonce: Number(nonce) });
  await rpc(rpcUrl, 'eth_sendRawTransaction', [raw]).catch((error: Error) => {
    throw new NotAsTold(`the chain took the admin's transaction badly: ${error.message}`);
  });
}
