export { Config, FROM_FILES, textOf, variableOf } from './config.js';
export { ConfigModule } from './config.module.js';
export { type Deployment, implementationsOf, readDeployment, type RegistryImplementation } from './files.js';
export { KeyFile } from './key-file.js';
export { type MemberKeys, readKeyFile, readPassphrase, type StoredKeys } from './member-keys.js';
export { RereadFile } from './reread-file.js';
export { type SealedKeys, sealKeys } from './sealed-keys.js';
export { configSchema, ROLES, type Settings } from './schema.js';
