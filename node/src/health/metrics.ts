import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Config } from '../config/index.js';

/** This process's metrics. Rooms register theirs with `registry`; labels never hold ids of objects or parties. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor(config: Config) {
    this.registry.setDefaultLabels({ member: config.member });
    collectDefaultMetrics({ register: this.registry });
  }
}
