/** A compose file as it is parsed, as far as the rules look at it. */
export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, { internal?: boolean } | null>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly ports?: readonly unknown[];
  readonly networks?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly command?: unknown;
  readonly mem_limit?: unknown;
  readonly pids_limit?: unknown;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
}

/** The one service that the outside reaches. */
const EDGE = 'edge';
const EXACT = /^[a-z0-9./-]+:\d+\.\d+(\.\d+)?([.-][a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?$/;
const CREDENTIALS = /:\/\/[^/\s@]*:[^/\s@]*@/;
const SECRET_NAME = /PASS|SECRET|TOKEN|PRIVATE|CREDENTIAL|KEY/;
const MEANS_A_FILE = /_FILE$|CERTS$/;

/** What of a compose file a bank's operations would refuse, service by service; empty when nothing is. */
export function faultsOf(compose: Compose): string[] {
  const known = new Set(Object.keys(compose.services));
  return Object.entries(compose.services).flatMap(([name, service]) =>
    [
      ...identity(service),
      ...confinement(service),
      ...exposure(name, service, compose),
      ...secrets(service),
      ...(service.profiles ? [] : liveness(service)),
      ...references(service, known, compose),
    ].map((fault) => `${name}: ${fault}`),
  );
}

function identity({ image = '', user = '' }: ComposeService): string[] {
  return [
    ...(EXACT.test(image) ? [] : [`the image '${image}' is not pinned to a version`]),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(user) ? [] : [`it runs as '${user || 'root'}', not as a numbered user`]),
  ];
}

function confinement(service: ComposeService): string[] {
  const { read_only, cap_drop = [], security_opt = [], privileged, mem_limit, pids_limit } = service;
  return [
    ...(read_only === true ? [] : ['its file system can be written']),
    ...(cap_drop.includes('ALL') ? [] : ['it keeps capabilities']),
    ...(security_opt.includes('no-new-privileges:true') ? [] : ['it may gain privileges']),
    ...(privileged ? ['it is privileged'] : []),
    ...(mem_limit && pids_limit ? [] : ['its memory or processes have no limit']),
  ];
}

function exposure(
  name: string,
  { ports = [], networks = [], network_mode }: ComposeService,
  compose: Compose,
): string[] {
  const own = Array.isArray(networks) ? (networks as string[]) : Object.keys(networks);
  const open = own.filter((network) => !compose.networks?.[network]?.internal);
  const holdsData = /-(postgres|redis)$|^validator-/.test(name);
  return [
    ...(ports.length > 0 && name !== EDGE ? ['it publishes ports'] : []),
    ...(network_mode ? [`it uses the network of '${network_mode}'`] : []),
    ...(own.length === 0 ? ['it is on the default network'] : []),
    ...(holdsData && open.length > 0 ? [`it reaches out by ${open.join(', ')}`] : []),
  ];
}

function secrets({ environment = {}, command }: ComposeService): string[] {
  const named = Object.entries(environment)
    .filter(([name, value]) => SECRET_NAME.test(name) && !MEANS_A_FILE.test(name) && value)
    .map(([name]) => `${name} is a secret in the clear`);
  const texts = [...Object.values(environment), JSON.stringify(command ?? '')].map(String);
  return [...named, ...(texts.some((text) => CREDENTIALS.test(text)) ? ['a URL holds a password'] : [])];
}

function liveness({ healthcheck }: ComposeService): string[] {
  return healthcheck?.test && !healthcheck.disable ? [] : ['nothing checks its health'];
}

/** What it names exists, and what it waits for is healthy then. */
function references(
  { depends_on = {}, networks = [], volumes = [] }: ComposeService,
  known: Set<string>,
  compose: Compose,
) {
  const own = Array.isArray(networks) ? (networks as string[]) : Object.keys(networks);
  const named = volumes.map((volume) => volume.split(':')[0]!).filter((source) => /^[a-z0-9-]+$/.test(source));
  return [
    ...Object.entries(depends_on).flatMap(([other, { condition }]) => [
      ...(known.has(other) ? [] : [`it waits for ${other}, which is not there`]),
      ...(condition === 'service_healthy' ? [] : [`it does not wait until ${other} is healthy`]),
    ]),
    ...own
      .filter((network) => !(network in (compose.networks ?? {})))
      .map((network) => `there is no network ${network}`),
    ...named.filter((volume) => !(volume in (compose.volumes ?? {}))).map((volume) => `there is no volume ${volume}`),
  ];
}
