import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { type Config, ConfigModule } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { HealthModule } from './health/index.js';
import { HttpModule } from './http/index.js';
import { JobsModule } from './jobs/index.js';
import * as rooms from './rooms.js';

const PLUMBING = [DatabaseModule, JobsModule, HealthModule, AuditModule, AuthModule, HttpModule];

/** The composition root: plumbing, and the rooms of rooms.ts. */
@Module({})
export class AppModule {
  /** The node with these settings; tests may name rooms of their own. */
  static with(config: Config, rest: Type[] = Object.values<Type>(rooms)): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.with(config), ...PLUMBING, ...rest] };
  }
}
