import { Injectable } from '@nestjs/common';
import { LookChain } from '../../audit/index.js';
import { Members } from '../../members/index.js';
import { judgeLog, type LogPart, type LogVerdict } from '../domain/judge-log.js';
import type { LogHead } from '../domain/log-root.js';
import { logPositionUnknown } from '../domain/problems.js';
import { LogAnchors } from '../storage/log-anchors.js';

/** More heads than a node sends in a hundred years of hours. */
const ALL = 1_000_000;

/** Of a part's paths: with what else is in its rows it fits a body that any node takes. */
const MOST_BYTES = 3 * 1024 * 1024;

/** A part with whose log it is. */
export interface LogExport extends LogPart {
  /** Short name. */
  readonly member: string;
}

/** Parts of access logs, to hand out and to judge. */
@Injectable()
export class LogParts {
  constructor(
    private readonly chain: LookChain,
    private readonly members: Members,
    private readonly anchors: LogAnchors,
  ) {}

  /** Up to `limit` of this member's rows after `position`, fewer where they are large, with its heads on chain from there on. Throws LOG_POSITION_UNKNOWN. */
  async take(position: number, limit: number): Promise<LogExport> {
    const { position: end } = await this.chain.seal();
    const hash = await this.chain.hashAt(position);
    if (hash === undefined) throw logPositionUnknown(`it has ${end} rows`, { position, end });
    const { id, name: member } = await this.members.self();
    const rows = await this.chain.rowsAfter(position, { rows: limit, bytes: MOST_BYTES });
    const last = position + rows.length >= end;
    const sent = (await this.anchors.latest(id, ALL)).filter(({ batch }) => batch !== null).reverse();
    const heads = around(sent, position, last ? Infinity : position + rows.length);
    return { member, after: { position, hash: `0x${hash}` }, rows, heads, last };
  }

  /** Holds a part of any member's log against the chain as indexed here. Throws MEMBER_UNKNOWN. */
  async judge({ member, ...part }: LogExport): Promise<LogVerdict> {
    const { id } = await this.members.byName(member);
    return judgeLog(part, await this.anchors.anchoredBy(id));
  }
}

/** Heads from the last one at or before row `from` to the first one at or after row `to`. */
function around(sent: readonly LogHead[], from: number, to: number): LogHead[] {
  const least = sent.findLast(({ position }) => position <= from)?.position ?? 0;
  const most = sent.find(({ position }) => position >= to)?.position ?? Infinity;
  const near = sent.filter(({ position }) => position >= least && position <= most);
  return near.map(({ position, hash, salt }) => ({ position, hash, salt }));
}
