import type { ContractEvent, ContractName, EventRecord } from '../kernel/contract-events.generated.js';
import { CONTRACT_NAMES } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import type { Block } from './block.js';
import type { Contracts } from './contracts.js';
import { EVENT_DECODERS } from './event-decoders.generated.js';
import type { Log } from './log.js';

/** An event where it stands, and the object whose history it belongs to, if any. */
export interface DecodedLog extends EventRecord {
  readonly object: Hex | null;
}

/** Reads logs of the deployment's registries. */
export class LogDecoder {
  private readonly names: ReadonlyMap<Hex, ContractName>;

  constructor(contracts: Contracts) {
    this.names = new Map(CONTRACT_NAMES.map((name) => [contracts.address(name) as Hex, name]));
  }

  /**
   * The log's event. Throws for one that no registry declares, or whose data has another shape: an upgrade that this
   * node's release does not know, before which it must stop.
   */
  decode(log: Log, block: Block): DecodedLog {
    const { topics, data } = log;
    const contract = this.names.get(log.address);
    const decoder = EVENT_DECODERS[topics[0] ?? ''];
    if (!contract || !decoder?.contracts.includes(contract))
      throw new Error(`unknown event ${topics[0]} of ${contract ?? log.address} in block ${block.number}`);
    if (!decoder.shape(topics, data))
      throw new Error(`malformed event ${decoder.name} of ${contract} in block ${block.number}`);
    const args = decoder.args(topics, data);
    return {
      event: { name: decoder.name, contract, args } as ContractEvent,
      block: block.number,
      blockTime: block.timestamp,
      logIndex: Number(log.logIndex),
      tx: log.transactionHash,
      object: decoder.object === null ? null : ((args as Record<string, unknown>)[decoder.object] as Hex),
    };
  }
}
