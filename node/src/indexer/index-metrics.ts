import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../health/index.js';
import { IndexHead } from './index-head.js';
import { Indexer } from './indexer.js';

/** How far the chain is indexed, and whether this process does it. */
@Injectable()
export class IndexMetrics {
  constructor(metrics: Metrics, head: IndexHead, indexer: Indexer) {
    const registers = [metrics.registry];
    new Gauge({
      name: 'tradeproof_index_block',
      help: 'Number of the last indexed block',
      registers,
      collect() {
        this.set(head.current().number);
      },
    });
    new Gauge({
      name: 'tradeproof_index_block_age_seconds',
      help: 'Age of the last indexed block by this host’s clock: it grows when the chain stands still or the index does',
      registers,
      collect() {
        this.set(Date.now() / 1000 - head.current().timestamp);
      },
    });
    new Gauge({
      name: 'tradeproof_index_leading',
      help: 'Whether this process writes the index',
      registers,
      collect() {
        this.set(indexer.status().leading ? 1 : 0);
      },
    });
    new Gauge({
      name: 'tradeproof_index_failing',
      help: 'Whether the indexer of this process cannot go on',
      registers,
      collect() {
        this.set(indexer.status().error === null ? 0 : 1);
      },
    });
  }
}
