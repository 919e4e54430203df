import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const whole = z.coerce.number().int();

/** What a process does; one may do all. */
export const ROLES = ['api', 'indexer', 'worker'] as const;

/** Every setting. The environment variable is TRADEPROOF_ and the name in UPPER_SNAKE. */
const settings = z.object({
  member: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
    .describe('Short name of the member that this node belongs to.'),
  host: z.string().default('127.0.0.1').describe('Address to listen on.'),
  port: whole.min(0).max(65_535).default(3000).describe('Port to listen on; 0 takes a free one.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^?#]*$/)
    .transform((text) => text.replace(/\/+$/, ''))
    .optional()
    .describe(
      'Where clients and other members reach this node, with its path if it has one; tracking links lead there.',
    ),
  roles: list
    .pipe(z.array(z.enum(ROLES)).min(1))
    .default([...ROLES])
    .describe('What this process does: api, indexer, worker.'),
  databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).describe('PostgreSQL database of this member.'),
  databasePool: whole
    .min(2)
    .max(100)
    .default(8)
    .describe('Connections for units of work, and as many again for reads.'),
  rpcUrls: list.pipe(z.array(z.url()).min(1)).describe('JSON-RPC endpoints of the chain, in order of preference.'),
  chainId: whole.positive().describe('Id that each endpoint must report.'),
  deployment: z.string().min(1).describe('Path of the deployment file (addresses, start block).'),
  trustFile: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the trust file for proof bundles; without it, what the deployment file and the endpoint say.'),
  keysFile: z.string().min(1).describe("Path of the member's key file, mode 0600; sealed unless embedded."),
  keysPassphraseFile: z
    .string()
    .min(1)
    .optional()
    .describe('File (0600) with the passphrase of the sealed key file and of the operator keystore.'),
  operatorKeystore: z
    .string()
    .min(1)
    .optional()
    .describe("Web3 Secret Storage file with the operator's key, when the key file has none."),
  operatorOtherKeystores: list
    .default([])
    .describe('Keystores of the operator that comes next, to be registered, and of former ones with work left.'),
  signerUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Web3Signer that signs as the operator, when the key file has none: the key stays in its vault or HSM.'),
  signerPublicKey: z
    .string()
    .regex(/^0x[0-9a-fA-F]{128}$/)
    .optional()
    .describe("The operator's public key at Web3Signer: 64 bytes, uncompressed, without the prefix 04."),
  signerOtherPublicKeys: list
    .pipe(z.array(z.string().regex(/^0x[0-9a-fA-F]{128}$/)))
    .default([])
    .describe('Public keys at Web3Signer of the operator that comes next, and of former ones with work left.'),
  parties: z
    .enum(['registered', 'learn'])
    .default('registered')
    .describe('Whether legal entities must be registered on chain or are learnt at first use.'),
  queueUrl: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis for jobs; without it they run on PostgreSQL.'),
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least level to log.'),
  tracesUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenTelemetry collector to send traces to (OTLP over HTTP, such as http://collector:4318/v1/traces).'),
  maxBlockAgeSeconds: whole
    .positive()
    .default(60)
    .describe('Age of the last block from which on answers about states say CHAIN_STALLED.'),
  orderAdvanceBps: whole
    .min(0)
    .max(10_000)
    .default(8_000)
    .describe("This lender's policy: most that it advances on an order before delivery, in basis points of its value."),
  graceDays: whole
    .min(0)
    .max(365)
    .default(3)
    .describe('Days after the due date for which this member, as payee, does not call a claim overdue.'),
  acceptPartsFrom: list
    .default([])
    .describe(
      "Standing rule: members whose parts of splits this supplier accepts at once, or * for all; others' by hand.",
    ),
  profilesFile: z
    .string()
    .min(1)
    .optional()
    .describe("File with this member's own profiles: what further purposes of grants may see."),
  creditFileRetentionDays: whole
    .min(1)
    .max(36_500)
    .default(3_650)
    .describe('How long what was shown under a grant is kept sealed after its end, for the auditor.'),
  nodeKeyCommand: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Program that prints the keys that documents’ data keys are wrapped under; by default the key file has them.',
    ),
  accessLogAnchorMinutes: whole
    .min(0)
    .max(10_080)
    .default(60)
    .describe('Minutes of block time from one anchored head of the access log to the next; 0 for never.'),
  evidenceAnchorSeconds: whole
    .min(0)
    .max(86_400)
    .default(5)
    .describe('Seconds that evidence waits for more of it before a transaction anchors all that waits.'),
  embedded: flag.default(false).describe('Whether this node belongs to the embedded consortium.'),
  maxBodyBytes: whole
    .min(1024)
    .default(5 * 1024 * 1024)
    .describe('Largest request body, in bytes.'),
  headersTimeoutSeconds: whole
    .min(1)
    .max(300)
    .default(20)
    .describe('Seconds within which a head must be in; at most those of the whole request.'),
  requestTimeoutSeconds: whole
    .min(1)
    .max(3_600)
    .default(120)
    .describe('Seconds within which a whole request must be in, body and all.'),
  maxConnections: whole
    .min(1)
    .default(4_000)
    .describe('Most connections at once of one door of one process; further ones are closed.'),
  exchangeTlsPort: whole
    .min(0)
    .max(65_535)
    .optional()
    .describe(
      "Port of a door of its own for other members' envelopes, over mutual TLS; then the main door takes none.",
    ),
  exchangeTlsCert: z
    .string()
    .min(1)
    .optional()
    .describe("PEM file with this node's certificate and its chain, shown to other members' nodes in both directions."),
  exchangeTlsKey: z.string().min(1).optional().describe('PEM file (0600) with its key.'),
  exchangeTlsCa: z
    .string()
    .min(1)
    .optional()
    .describe("PEM bundle of the authorities whose certificates of members' nodes are believed, and no others."),
  exchangeNetworks: list
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])))
    .default([])
    .describe(
      "Networks (CIDR) of counterparties' nodes that are not public; loopback counts in the embedded consortium.",
    ),
  webhookNetworks: list
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])))
    .default([])
    .describe(
      'Networks (CIDR) that are not public and webhooks may be sent to; loopback counts in the embedded consortium.',
    ),
  letterRetentionDays: whole
    .min(30)
    .default(3_650)
    .describe('Days for which envelopes that are done with, and their receipts, are kept as evidence.'),
  letterQuotaMegabytes: whole
    .min(100)
    .default(10_000)
    .describe(
      'Megabytes of envelopes that are taken in of one member in a day (UTC), as they travel; the rest waits at its sender.',
    ),
  fingerprintCheckRetentionDays: whole
    .min(1)
    .default(365)
    .describe('Days for which advisory checks of fingerprints, asked and answered, are kept.'),
  approvalRetentionDays: whole
    .min(1)
    .default(365)
    .describe('Days after their end for which approvals by a second person are kept, without bodies.'),
  trustProxy: flag
    .default(false)
    .describe('Whether X-Forwarded-For of the peer names the caller (behind a proxy only).'),
  maxWaitSeconds: whole.min(0).max(300).default(60).describe('Most seconds that Prefer: wait is honoured for.'),
  rateLimit: whole
    .min(0)
    .default(6000)
    .describe('Requests a minute and credential, or address without one; 0 for no limit.'),
  bootstrapApiKeyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File (0600) with an ADMIN key; taken in at start while no live ADMIN key is there, and never one that was there before.',
    ),
  secondAdminKeyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File (0600) with a further ADMIN key, for whoever is the only administrator where four eyes need two; taken in at start, once.',
    ),
  oidcIssuer: z.url().optional().describe('Issuer of bearer tokens that are accepted beside API keys.'),
  oidcAudience: z.string().min(1).optional().describe('Audience that such tokens must name; required with an issuer.'),
  oidcJwksUrl: z.url().optional().describe("Where the issuer's keys are; by default from its discovery document."),
  oidcRolesClaim: z
    .string()
    .min(1)
    .default('roles')
    .describe('Claim that lists the roles: its name, or a JSON Pointer into nested claims (/realm_access/roles).'),
  oidcAlgorithms: list
    .pipe(z.array(z.enum(['ES256', 'ES384', 'EdDSA', 'PS256', 'PS384', 'PS512', 'RS256'])).min(1))
    .default(['ES256', 'EdDSA', 'PS256'])
    .describe('Signature algorithms that are accepted.'),
});

/** Node starts no server with a head of more time than its request, and does not say which setting it means. */
export const configSchema = settings.refine(
  ({ headersTimeoutSeconds, requestTimeoutSeconds }) => headersTimeoutSeconds <= requestTimeoutSeconds,
  { path: ['headersTimeoutSeconds'], message: 'it is more than TRADEPROOF_REQUEST_TIMEOUT_SECONDS' },
);

export type Settings = z.output<typeof configSchema>;
