import { Injectable } from '@nestjs/common';
import { Histogram } from 'prom-client';
import { Metrics } from './metrics.js';

/** How long requests take, by route pattern. */
@Injectable()
export class RequestMetrics {
  private readonly seconds: Histogram<'method' | 'route' | 'status'>;

  constructor(metrics: Metrics) {
    this.seconds = new Histogram({
      name: 'tradeproof_http_request_seconds',
      help: 'Duration of HTTP requests in seconds, without streams, probes and waiting for a block that was asked for',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers: [metrics.registry],
    });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.seconds.observe({ method, route, status }, seconds);
  }
}
