import { configSchema, textOf, variableOf } from '../../node/src/config/index.js';

const SETTING = variableOf('rpcUrls');

/**
 * The endpoint that a command asks: what `--rpc` names, else the first that the node's settings name, which may hold user and
 * password. Undefined when there is none. Throws on one that is unusable, and never repeats it.
 */
export function endpointOf(argument: string | undefined, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (argument === undefined) return ofSettings(textOf('rpcUrls', env));
  if (!URL.canParse(argument)) throw new Error('--rpc is no URL');
  const { username, password } = new URL(argument);
  if (username || password)
    throw new Error(
      `--rpc holds a user or a password, which whoever is on this machine can read: put it into ${SETTING}_FILE`,
    );
  return argument;
}

function ofSettings(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const { success, data } = configSchema.shape.rpcUrls.safeParse(text);
  if (!success) throw new Error(`${SETTING} is no list of URLs`);
  return data[0];
}
