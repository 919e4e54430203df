import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessMap } from '../auth/access-map.js';
import { Config } from '../config/index.js';
import { registerBodyParsers } from './body-parsers.js';
import { Hooks } from './hooks.js';
import { OpenApi } from './openapi/open-api.js';

/** The page at /docs loads its own files and calls its own node, nothing else. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Sets up the server between `NestFactory.create` and `init`. Throws on a route without access (see AccessMap). */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  instance.server.maxConnections = app.get(Config).maxConnections;
  app.get(AccessMap).build();
  app.get(OpenApi).describe(app);
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY });
  registerBodyParsers(instance);
  app.get(Hooks).register(instance);
}
