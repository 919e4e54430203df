export type { Member } from './domain/member.js';
export { type OneTimeCertificate, oneTimeCertificateSchema } from './domain/one-time-certificate.js';
export { MembersModule } from './members.module.js';
export { Members, type NameOf } from './queries/members.js';
export { type Certifier, OneTimeAccounts } from './queries/one-time-accounts.js';
export { Parties, type Party, type PartySource } from './queries/parties.js';
