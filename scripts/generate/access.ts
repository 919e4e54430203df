import 'reflect-metadata';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { type Access, AccessMap } from '../../node/src/auth/access-map.js';
import { DESK_ROLES } from '../../node/src/auth/index.js';
import { settle } from '../lib/generated.js';
import { table } from '../lib/markdown.js';
import { previewApp } from './preview-app.js';

const INTRODUCTION = `# Who may call what

A credential (API key or token) has one or more roles at its own member's node; a route lets in who has one of those marked here. The
node refuses to start with a route that names none. A test walks this table: each route with each role, with no credential and
with a wrong one. That a role may call a route is not all: objects of which the member is no party are 404 to it, and rules of the
domain say what the member may do.

*open* routes take no credential of this member's: \`/exchange/v1/envelopes\` believes signatures alone; with
mutual TLS it is reached with a certificate only ([transport.md](transport.md)).

Generated from the code; \`npm run generate\`.
`;

const mark = (access: Access, role: (typeof DESK_ROLES)[number]) =>
  access === 'public' ? 'open' : access.includes(role) ? 'yes' : '-';

const map = new AccessMap(
  new DiscoveryService((await previewApp()).get(ModulesContainer)),
  new MetadataScanner(),
  new Reflector(),
);
map.build();
const rows = map
  .list()
  .map(({ method, path, access }) => [`\`${method} ${path}\``, ...DESK_ROLES.map((role) => mark(access, role))]);
settle({ 'docs/access.md': `${INTRODUCTION}\n${table(['route', ...DESK_ROLES], rows)}` });
