import { type INestApplicationContext, Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config/index.js';
import { configureHttp, createAdapter } from './http/server.js';
import { refuseUndone } from './jobs/index.js';
import { createPino, NestLogger } from './logging/index.js';

export interface AppOptions {
  /** Instead of all rooms. */
  readonly rooms?: Type[];
  /** Where log lines go, instead of standard output. */
  readonly logTo?: DestinationStream;
  /** Only the graph of modules, nothing instantiated and nothing connected: for generators. */
  readonly preview?: boolean;
}

/** The node, set up but not yet listening: `init()` it for tests, `listen()` it to serve. */
export async function createApp(
  config: Config,
  { rooms, logTo, preview }: AppOptions = {},
): Promise<NestFastifyApplication> {
  const logger = new NestLogger(createPino(config, logTo));
  Logger.overrideLogger(logger);
  const module = AppModule.with(config, rooms ?? Object.values<Type>(await import('./rooms.js')));
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(config), {
    logger,
    bodyParser: false,
    abortOnError: false,
    preview,
  });
  if (preview) return app;
  await orClose(app, async () => {
    if (!rooms) refuseUndone(app);
    await configureHttp(app);
  });
  return app;
}

/** Does the step; when it fails, closes what the application has opened so far. */
export async function orClose(app: INestApplicationContext, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    await app.close();
    throw error;
  }
}
