import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessMap } from '../auth/access-map.js';
import { Config } from '../config/index.js';
import { bindCommands } from './commands/bind-commands.js';
import { registerBodyParsers } from './body-parsers.js';
import { Hooks } from './hooks.js';
import { OpenApi } from './openapi/open-api.js';
import { QueryNames } from './query-names.js';
import { addSecurityHeaders } from './security-headers.js';
import { followSilent } from './silent-connections.js';

/** Sets up the server between `NestFactory.create` and `init`. Throws on a route without access (see AccessMap), or whose query has no names (see QueryNames). */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  const endSilent = followSilent(instance.server);
  instance.addHook('preClose', (done) => {
    endSilent();
    done();
  });
  instance.server.maxConnections = app.get(Config).maxConnections;
  app.get(AccessMap).build();
  app.get(QueryNames).build();
  bindCommands(app);
  app.get(OpenApi).describe(app);
  await addSecurityHeaders(instance);
  registerBodyParsers(instance);
  app.get(Hooks).register(instance);
}
