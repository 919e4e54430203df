export { HealthModule } from './health.module.js';
export { HealthIndicators, type Indicator } from './indicators.js';
export { Metrics } from './metrics.js';
export { sharedReading } from './reading.js';
