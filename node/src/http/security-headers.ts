import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';

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

/** Sets helmet's headers on each answer. They are always the same, and helmet makes them anew each time: it is asked once. */
export async function addSecurityHeaders(instance: FastifyInstance): Promise<void> {
  const headers = await securityHeaders();
  instance.addHook('onRequest', (_request, reply, done) => {
    // Not on reply.raw: with headers set there, Node would merge them with the reply's one by one.
    reply.headers(headers);
    done();
  });
}

async function securityHeaders(): Promise<Record<string, string>> {
  const probe = fastify();
  await probe.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY });
  probe.get('/', (_request, reply) => reply.send(reply.raw.getHeaders()));
  return (await probe.inject('/')).json();
}
