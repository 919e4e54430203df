import { Global, Module } from '@nestjs/common';
import { HealthRoutes } from './health.routes.js';
import { HealthIndicators } from './indicators.js';
import { Metrics } from './metrics.js';
import { RequestMetrics } from './request-metrics.js';

/** Liveness, readiness and metrics. */
@Global()
@Module({
  controllers: [HealthRoutes],
  providers: [HealthIndicators, Metrics, RequestMetrics],
  exports: [HealthIndicators, Metrics, RequestMetrics],
})
export class HealthModule {}
