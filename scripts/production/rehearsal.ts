import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHAMBERS, rolesOf } from '../../node/src/members/domain/roles.js';
import { MEMBERS, type MemberPlan } from '../consortium/members.js';
import { freePorts } from '../embedded/ports.js';
import { requireNew } from './files.js';
import type { Founding } from './founding.js';

/** Chain of docker-compose.yml, and where its edge answers for each member. */
export const REHEARSAL = {
  chainId: 20_261,
  domain: 'tradeproof.test',
  subnet: '10.231.0',
  blockPeriodSeconds: 2,
} as const;
/** Whose validators the four are: no chamber has a quorum of them. */
export const VALIDATORS = ['core', 'supplier-1', 'bank-a', 'bank-b'] as const;

/**
 * What docker-compose.yml mounts: everybody's part of a founding, on one machine. Cards alone would travel otherwise.
 * With a base port the nodes' places are on this machine, for plain processes. `members` may be fewer.
 */
export async function rehearse(
  founding: Founding,
  say: (text: string) => void,
  { basePort, members = MEMBERS }: { basePort?: number | undefined; members?: readonly MemberPlan[] } = {},
): Promise<void> {
  const names = new Set([...VALIDATORS, ...members.map(({ name }) => name), 'cards', 'chain', 'deployer']);
  requireNew(...[...names].map((name) => join(founding.dir, name)));
  const ports = basePort === undefined ? [] : await freePorts(basePort, members.length);
  VALIDATORS.forEach((name, i) => founding.validator(name, `${REHEARSAL.subnet}.${11 + i}`, 30_303));
  for (const [i, { name, roles, chamber }] of members.entries()) {
    say(`making ${name}'s keys ...`);
    const endpoint = ports[i] ? `http://127.0.0.1:${ports[i]}` : `https://${name}.${REHEARSAL.domain}:8443`;
    await founding.member({ name, roles: rolesOf(roles), chamber: CHAMBERS[chamber]!, endpoint });
  }
  await founding.deployer();
  founding.chain(REHEARSAL.chainId, REHEARSAL.blockPeriodSeconds, []);
  mkdirSync(join(founding.dir, 'deployments'), { recursive: true });
  certify(join(founding.dir, 'edge'), say);
}

/** A certificate for a rehearsal alone; in production it is the member's own authority's. */
function certify(dir: string, say: (text: string) => void): void {
  mkdirSync(dir, { recursive: true, mode: 0o750 });
  const [key, certificate] = [join(dir, 'tls.key'), join(dir, 'tls.crt')];
  const names = MEMBERS.map(({ name }) => `DNS:${name}.${REHEARSAL.domain}`).join(',');
  const subject = ['-subj', `/CN=${REHEARSAL.domain}`, '-addext', `subjectAltName=${names}`];
  const form = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '365'];
  try {
    execFileSync('openssl', [...form, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    chmodSync(key, 0o640); // the edge's user is in the group
  } catch {
    say(`no openssl here: put a certificate for *.${REHEARSAL.domain} into ${certificate} and its key into ${key}`);
  }
}
