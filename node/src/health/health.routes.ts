import { Controller, Get, Header, Inject, type OnModuleDestroy, type OnModuleInit, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type pg from 'pg';
import { Public } from '../auth/decorators.js';
import { PG_POOL } from '../database/index.js';
import { HealthIndicators, type IndicatorResult } from './indicators.js';
import { Metrics } from './metrics.js';

interface Readiness {
  readonly status: 'ready' | 'not ready' | 'stopping';
  readonly parts: Record<string, IndicatorResult>;
}

/** For supervisors, load balancers and Prometheus. */
@ApiExcludeController()
@Controller()
@Public()
export class HealthRoutes implements OnModuleInit, OnModuleDestroy {
  private stopping = false;

  constructor(
    private readonly indicators: HealthIndicators,
    private readonly metrics: Metrics,
    @Inject(PG_POOL) private readonly pool: pg.Pool,
  ) {}

  onModuleInit(): void {
    this.indicators.add('database', async () => void (await this.pool.query('SELECT 1')));
  }

  /** From here on load balancers send no more; what is under way is answered. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** The process runs. */
  @Get('health')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when each part works, else 503. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const parts = await this.indicators.check();
    const up = Object.values(parts).every((part) => part.status === 'up');
    const status = this.stopping ? 'stopping' : up ? 'ready' : 'not ready';
    reply.status(status === 'ready' ? 200 : 503).header('cache-control', 'no-store');
    if (status !== 'ready') reply.header('retry-after', '5');
    return { status, parts };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
