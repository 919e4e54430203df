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

  /**
   * Up to `limit` of this member's rows after `position`, fewer where they are large, with its heads on chain that came
   * after batch `headsAfter`, to the first at or after the last row. Throws LOG_POSITION_UNKNOWN.
   */
  async take(position: number, limit: number, headsAfter: number): Promise<LogExport> {
    const { position: end } = await this.chain.seal();
    const hash = await this.chain.hashAt(position);
    if (hash === undefined) throw logPositionUnknown(`it has ${end} rows`, { position, end });
    const { id, name: member } = await this.members.self();
    const rows = await this.chain.rowsAfter(position, { rows: limit, bytes: MOST_BYTES });
    const last = position + rows.length >= end;
    const sent = (await this.anchors.latest(id, ALL)).filter(({ batch }) => batch !== null && batch > headsAfter);
    const heads = upTo(last ? Infinity : position + rows.length, sent.reverse());
    return { member, after: { position, hash: `0x${hash}` }, rows, heads, last };
  }

  /** Holds a part of any member's log against the chain as indexed here; heads up to batch `headsAfter` need not be opened. Throws MEMBER_UNKNOWN. */
  async judge({ member, ...part }: LogExport, headsAfter: number): Promise<LogVerdict> {
    const { id } = await this.members.byName(member);
    return judgeLog(part, await this.anchors.anchoredBy(id), headsAfter);
  }
}

/** Heads up to the first one at or after row `end`: earlier ones too, since who checks can't tell where one lies that is not opened. */
function upTo(end: number, sent: readonly LogHead[]): LogHead[] {
  const most = sent.find(({ position }) => position >= end)?.position ?? Infinity;
  const near = sent.filter(({ position }) => position <= most);
  return near.map(({ position, hash, salt }) => ({ position, hash, salt }));
}
