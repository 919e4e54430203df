import { Config, configSchema, type Settings } from '../../node/src/config/index.js';

/** Settings for a test of parts that need neither chain nor key files; any may be given. */
export function testConfig(settings: Partial<Settings> & { databaseUrl: string }): Config {
  const required = {
    member: 'test',
    rpcUrls: 'http://127.0.0.1:1',
    chainId: 31337,
    deployment: 'none',
    keysFile: 'none',
  };
  const defaults = configSchema.parse({ ...required, databaseUrl: settings.databaseUrl, logLevel: 'silent' });
  return new Config({ ...defaults, port: 0, ...settings });
}
