import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../health/index.js';
import { ChainClient } from './chain-client.js';

/** How the endpoints of the chain do, as this process found them when it last asked, half a minute ago at most. */
@Injectable()
export class ChainMetrics {
  constructor(metrics: Metrics, chain: ChainClient) {
    new Gauge({
      name: 'tradeproof_chain_endpoint_up',
      help: 'Whether an endpoint of the chain answered as it should when it was last asked',
      labelNames: ['endpoint'],
      registers: [metrics.registry],
      collect() {
        for (const { name, fault } of chain.status()) this.set({ endpoint: name }, fault === null ? 1 : 0);
      },
    });
  }
}
