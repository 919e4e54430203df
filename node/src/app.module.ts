import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { type Config, ConfigModule } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { HealthModule } from './health/index.js';
import { HttpModule } from './http/index.js';
import { JobsModule } from './jobs/index.js';
import { TracingModule } from './tracing/index.js';

const PLUMBING = [TracingModule, DatabaseModule, JobsModule, HealthModule, AuditModule, AuthModule, HttpModule];

/** The composition root: plumbing, and the rooms given. */
@Module({})
export class AppModule {
  /** The node with these settings. It does not import rooms.ts itself: what runs some of them loads those alone. */
  static with(config: Config, rooms: Type[]): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.with(config), ...PLUMBING, ...rooms] };
  }
}
