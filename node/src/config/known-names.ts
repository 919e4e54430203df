/** Begins the names of a node's settings, and those of its tools. */
export const PREFIX = 'TRADEPROOF_';

/** What tools, Compose and tests take from the same environment, without the prefix. */
const TOOLS = [
  ...['API_KEY', 'API_KEY_FILE', 'BASE_PORT', 'CHROMIUM', 'DATA_DIR', 'DEEP', 'DIR', 'FUZZ_RUNS', 'FUZZ_SEED', 'GID'],
  ...['MUTANT', 'MUTANT_TEXT', 'RACES', 'SEED', 'STEPS', 'TEST_POSTGRES', 'TEST_PROBLEMS', 'URL', 'WRITE_VECTORS'],
].map((name) => `${PREFIX}${name}`);

/** What Kubernetes gives every container of a service whose name begins as ours do. */
const OF_A_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
const SERVICE_URL = /^(tcp|udp|sctp):\/\//;

/**
 * Names that are given, begin as settings do and are none of `settings`: misspelt, they would be ignored, and what they were to
 * tighten would stay as it is by default.
 */
export function unknownNames(env: NodeJS.ProcessEnv, settings: readonly string[]): string[] {
  const known = new Set([...settings, ...TOOLS]);
  return Object.keys(env).filter((name) => {
    const value = env[name]?.trim();
    if (!value || !name.startsWith(PREFIX) || known.has(name)) return false;
    return !OF_A_SERVICE.test(name) && !SERVICE_URL.test(value);
  });
}
