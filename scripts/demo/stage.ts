import { type Answer, eventually, type Json, type MemberClient } from './client.js';
import type { Narrator } from './narrator.js';

const PATIENCE_MS = 60_000;

/** What acts of the demo are made of: writes that have to be done, and reads that wait for what comes from other nodes. */
export class Stage {
  constructor(readonly narrator: Narrator) {}

  /** A write that has to be done. */
  async does(who: MemberClient, path: string, body: unknown, seen: string): Promise<Answer> {
    const answer = await who.post(path, body);
    this.narrator.step(who.name, `POST ${brief(path)}`, answer, answer.status === 201, seen);
    return answer;
  }

  /** The same, of what has to reach the member's node first. */
  async retried(who: MemberClient, path: string, body: unknown, seen: string): Promise<Answer> {
    const answer = await eventually(
      () => who.post(path, body),
      ({ status }) => status === 201,
      PATIENCE_MS,
    );
    this.narrator.step(who.name, `POST ${brief(path)}`, answer, answer.status === 201, seen);
    return answer;
  }

  /** A write that has to be refused with a code, the facts of it being as told. */
  async isRefused(
    who: MemberClient,
    path: string,
    body: unknown,
    code: string,
    facts: Json,
    seen: string,
  ): Promise<void> {
    const answer = await who.post(path, body);
    const given = (answer.body['facts'] ?? {}) as Json;
    const told = answer.body['code'] === code && Object.entries(facts).every(([name, value]) => given[name] === value);
    this.narrator.step(who.name, `POST ${brief(path)}`, answer, told, seen);
  }

  sees(who: MemberClient, path: string, wanted: (body: Json) => boolean): Promise<Answer> {
    return eventually(
      () => who.get(path),
      ({ status, body }) => status === 200 && wanted(body),
      PATIENCE_MS,
    );
  }
}

/** A path without its ids. */
export const brief = (path: string): string =>
  path.replaceAll(/0x[0-9a-f]{64}/g, '{id}').replaceAll(/\/\d+\//g, '/{n}/');
