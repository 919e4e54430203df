export { Config, variableOf } from './config.js';
export { ConfigModule } from './config.module.js';
export { type Deployment, type MemberKeys, readDeployment, readMemberKeys } from './files.js';
export { configSchema, ROLES, type Settings } from './schema.js';
