import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { hexlify, id as keccakOfText, sha256, toBeHex, toUtf8Bytes, Wallet } from 'ethers';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import type { RunningConsortium } from '../../../support/running-consortium.js';
import { CLOSED } from '../closed/trade.js';
import type { OnChain } from '../on-chain.js';
import { sql } from '../sql.js';
import { problemsFile } from './problems.js';

const hexOf = (text: string): string => hexlify(toUtf8Bytes(text));

/** Puts values where none may be: one place and one form after the other. Returns what each finding must be like. */
export async function plantLeaks(consortium: RunningConsortium, chain: OnChain): Promise<RegExp[]> {
  await onChain(consortium, chain);
  await beside(consortium);
  return [
    /^PO-2026-0042 as text: calldata/,
    /^107.50 in minor units: calldata/,
    /^bank-b as text: data/,
    /^SHA-256 of Halden Castings AS: data/,
    /^account of bank-a: sender/,
    /^keccak-256 of Halden Castings AS: data of a log/,
    /^ZQ-77-OYSTER as text: storage/,
    /^Halden Castings AS: nodes\/core\/node.log/,
    /^107.50: nodes\/core\/node.log/,
    /^73219.46 as text: nodes\/core\/node.log/,
    /^SHA-256 of ZQ-77-OYSTER: queues of core/,
    /^ZQ-77-OYSTER: problem \d+ of bank-b/,
    /^keccak-256 of QUILLWORT-9: problem \d+ of bank-b/,
  ];
}

async function onChain(consortium: RunningConsortium, chain: OnChain): Promise<void> {
  const stranger = Wallet.createRandom(chain.provider);
  const send = async (wallet: Pick<Wallet, 'sendTransaction'>, data: string) => {
    const transaction = { to: stranger.address, data, type: 0, gasPrice: 0, gasLimit: 100_000 };
    await (await wallet.sendTransaction(transaction)).wait();
  };
  await send(stranger, `0x12345678${hexOf('for PO-2026-0042-X').slice(2)}`);
  await send(stranger, `0x12345678${toBeHex(10_750, 32).slice(2)}`);
  await send(stranger, hexOf('bank-b'));
  await send(stranger, sha256(toUtf8Bytes('Halden Castings AS')));
  await send(chain.operator('bank-a'), '0x');
  const hashed = keccakOfText('Halden Castings AS');
  const anchored = await chain.send(chain.operator('auditor'), 'anchor', [hashed, 1000, 1], 'EvidenceAnchor');
  if (anchored !== 'INCLUDED') throw new Error(`anchor: ${anchored}`);
  const word = `0x${hexOf(CLOSED.number).slice(2).padEnd(64, '0')}`;
  await rpc(consortium.file.rpcUrl, 'anvil_setStorageAt', [stranger.address, toBeHex(7, 32), word]);
}

async function beside(consortium: RunningConsortium): Promise<void> {
  const line = { msg: 'paid 107.50 to Halden Castings AS', raw: hexOf(CLOSED.amount) };
  appendFileSync(join(consortium.dir, 'nodes', 'core', 'node.log'), `${JSON.stringify(line)}\n`);
  await sql(
    consortium,
    'core',
    `INSERT INTO bullmq.event (queue, event, data, created_at_ms) VALUES ('jobs', 'planted', $1, 0)`,
    [{ hash: sha256(toUtf8Bytes(CLOSED.number)) }],
  );
  const { url } = consortium.member('bank-b').member;
  const body = JSON.stringify({ detail: `not ${CLOSED.number}`, facts: { item: keccakOfText(CLOSED.item) } });
  appendFileSync(problemsFile(consortium), `${JSON.stringify({ url, body })}\n`);
}
