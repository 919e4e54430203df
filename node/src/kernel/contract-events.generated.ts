// Written by scripts/generate from the contracts' ABIs; npm run generate.
import type { Hex } from './hex.js';

/** The registries of a deployment. */
export const CONTRACT_NAMES = [
  'MemberRegistry',
  'OrderRegistry',
  'ReceivableRegistry',
  'AccessGrants',
  'EvidenceAnchor',
] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

/** What the registries can say. Unsigned integers up to 64 bits are numbers; wider ones, bytes and addresses hex. */
export type ContractEvent =
  | {
      readonly name: 'EIP712DomainChanged';
      readonly contract: 'MemberRegistry' | 'OrderRegistry' | 'ReceivableRegistry' | 'AccessGrants' | 'EvidenceAnchor';
      readonly args: Record<string, never>;
    }
  | {
      readonly name: 'EndpointChanged';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly endpoint: string };
    }
  | {
      readonly name: 'Initialized';
      readonly contract: 'MemberRegistry' | 'OrderRegistry' | 'ReceivableRegistry' | 'AccessGrants' | 'EvidenceAnchor';
      readonly args: { readonly version: number };
    }
  | {
      readonly name: 'KeyAdded';
      readonly contract: 'MemberRegistry';
      readonly args: {
        readonly member: number;
        readonly key: Hex;
        readonly kind: number;
        readonly number: number;
        readonly publicKey: Hex;
      };
    }
  | {
      readonly name: 'KeyRevoked';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly key: Hex; readonly inDoubtFrom: number };
    }
  | {
      readonly name: 'LegalEntityRegistered';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly entity: Hex };
    }
  | {
      readonly name: 'LegalEntityRemoved';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly entity: Hex };
    }
  | {
      readonly name: 'MemberAdminReplaced';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly admin: Hex };
    }
  | {
      readonly name: 'MemberAdmitted';
      readonly contract: 'MemberRegistry';
      readonly args: {
        readonly member: number;
        readonly admin: Hex;
        readonly roles: number;
        readonly chamber: number;
        readonly name: string;
      };
    }
  | {
      readonly name: 'MemberReinstated';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number };
    }
  | {
      readonly name: 'MemberRolesChanged';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly roles: number };
    }
  | {
      readonly name: 'MemberSuspended';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number };
    }
  | {
      readonly name: 'OperatorAdded';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly account: Hex };
    }
  | {
      readonly name: 'OperatorRevoked';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly member: number; readonly account: Hex; readonly inDoubtFrom: number };
    }
  | {
      readonly name: 'ProposalCreated';
      readonly contract: 'MemberRegistry';
      readonly args: {
        readonly proposal: Hex;
        readonly proposer: number;
        readonly kind: number;
        readonly payload: Hex;
        readonly reason: Hex;
        readonly votingEnds: number;
        readonly chamberSizes: readonly number[];
      };
    }
  | {
      readonly name: 'ProposalExecuted';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly proposal: Hex };
    }
  | {
      readonly name: 'ProposalPassed';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly proposal: Hex; readonly executableAt: number };
    }
  | {
      readonly name: 'Upgraded';
      readonly contract: 'MemberRegistry' | 'OrderRegistry' | 'ReceivableRegistry' | 'AccessGrants' | 'EvidenceAnchor';
      readonly args: { readonly implementation: Hex };
    }
  | {
      readonly name: 'VoteCast';
      readonly contract: 'MemberRegistry';
      readonly args: { readonly proposal: Hex; readonly member: number; readonly approve: boolean };
    }
  | { readonly name: 'FrameworkPosted'; readonly contract: 'OrderRegistry'; readonly args: { readonly order: Hex } }
  | {
      readonly name: 'MilestoneRecorded';
      readonly contract: 'OrderRegistry';
      readonly args: {
        readonly order: Hex;
        readonly author: number;
        readonly kind: number;
        readonly index: number;
        readonly commitment: Hex;
        readonly supersedes: Hex;
        readonly recordedAt: number;
        readonly entry: Hex;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | { readonly name: 'OrderAccepted'; readonly contract: 'OrderRegistry'; readonly args: { readonly order: Hex } }
  | {
      readonly name: 'OrderBatchAnswered';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly root: Hex; readonly buyer: number; readonly supplier: number; readonly bitmap: Hex };
    }
  | {
      readonly name: 'OrderBatchPosted';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly root: Hex; readonly buyer: number; readonly supplier: number };
    }
  | {
      readonly name: 'OrderCalledOff';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly framework: Hex };
    }
  | {
      readonly name: 'OrderCancellationProposed';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly by: number };
    }
  | {
      readonly name: 'OrderCancelled';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly coverVersion: number };
    }
  | {
      readonly name: 'OrderChanged';
      readonly contract: 'OrderRegistry';
      readonly args: {
        readonly order: Hex;
        readonly version: number;
        readonly commitment: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'OrderChangeDeclined';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly version: number; readonly by: number };
    }
  | {
      readonly name: 'OrderChangeProposed';
      readonly contract: 'OrderRegistry';
      readonly args: {
        readonly order: Hex;
        readonly version: number;
        readonly commitment: Hex;
        readonly proposer: number;
      };
    }
  | { readonly name: 'OrderCompleted'; readonly contract: 'OrderRegistry'; readonly args: { readonly order: Hex } }
  | {
      readonly name: 'OrderCompletionProposed';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly by: number };
    }
  | {
      readonly name: 'OrderCoverVersionRaised';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly coverVersion: number };
    }
  | {
      readonly name: 'OrderEncumbranceChanged';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly encumbered: boolean; readonly encumberedDescendants: number };
    }
  | { readonly name: 'OrderExpired'; readonly contract: 'OrderRegistry'; readonly args: { readonly order: Hex } }
  | {
      readonly name: 'OrderMaterialised';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly buyer: number; readonly root: Hex; readonly index: number };
    }
  | {
      readonly name: 'OrderPosted';
      readonly contract: 'OrderRegistry';
      readonly args: {
        readonly order: Hex;
        readonly buyer: number;
        readonly supplier: number;
        readonly commitment: Hex;
        readonly tag: Hex;
        readonly expiry: number;
      };
    }
  | {
      readonly name: 'OrderProposalsRetracted';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly by: number };
    }
  | {
      readonly name: 'OrderRejected';
      readonly contract: 'OrderRegistry';
      readonly args: { readonly order: Hex; readonly reason: Hex };
    }
  | { readonly name: 'OrderWithdrawn'; readonly contract: 'OrderRegistry'; readonly args: { readonly order: Hex } }
  | {
      readonly name: 'ParticipantAppointed';
      readonly contract: 'OrderRegistry';
      readonly args: {
        readonly order: Hex;
        readonly member: number;
        readonly by: number;
        readonly kinds: number;
        readonly until: number;
      };
    }
  | {
      readonly name: 'ConsentNonceCancelled';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly signer: Hex; readonly nonce: Hex };
    }
  | {
      readonly name: 'CreditNoteIssued';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly commitment: Hex;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'DisbursementContested';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex; readonly commitment: Hex };
    }
  | {
      readonly name: 'DisputeOpened';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly commitment: Hex;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'DisputeResolved';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly commitment: Hex;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'EncumbranceDisbursed';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex; readonly state: number; readonly paymentReference: Hex };
    }
  | {
      readonly name: 'EncumbranceDropped';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex };
    }
  | {
      readonly name: 'EncumbranceLapsed';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex };
    }
  | {
      readonly name: 'EncumbranceReleased';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex; readonly reason: Hex };
    }
  | {
      readonly name: 'EncumbranceReserved';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly object: Hex;
        readonly lender: Hex;
        readonly onOrder: boolean;
        readonly kind: number;
        readonly disburseBy: number;
        readonly terms: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'EncumbranceRolledOver';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly order: Hex; readonly receivable: Hex };
    }
  | {
      readonly name: 'LenderOverruled';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex };
    }
  | {
      readonly name: 'NoticeAcknowledged';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex };
    }
  | {
      readonly name: 'NoticeGiven';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex; readonly notice: Hex };
    }
  | {
      readonly name: 'OrderTagRegistered';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly buyer: number; readonly tag: Hex; readonly order: Hex };
    }
  | {
      readonly name: 'PartConfirmed';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly parent: Hex;
        readonly part: number;
        readonly scope: number;
        readonly head: Hex;
      };
    }
  | {
      readonly name: 'PaymentAcknowledged';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly settles: boolean;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'PaymentClaimed';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly index: number; readonly commitment: Hex; readonly head: Hex };
    }
  | {
      readonly name: 'PaymentWithdrawn';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly index: number; readonly head: Hex };
    }
  | {
      readonly name: 'ReceivableConfirmed';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly confirmation: Hex;
        readonly scope: number;
        readonly fingerprints: readonly Hex[];
        readonly instalment: number;
        readonly instalments: number;
        readonly head: Hex;
      };
    }
  | {
      readonly name: 'ReceivableIssued';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly obligor: number;
        readonly supplier: number;
        readonly holder: Hex;
        readonly commitment: Hex;
        readonly orders: readonly Hex[];
      };
    }
  | {
      readonly name: 'ReceivableMarkedDefaulted';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly commitment: Hex;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'ReceivableMarkedOverdue';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly commitment: Hex;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'ReceivableRepurchased';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly commitment: Hex };
    }
  | {
      readonly name: 'ReceivableSettled';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex };
    }
  | {
      readonly name: 'ReceivableSplit';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly parts: number; readonly head: Hex };
    }
  | {
      readonly name: 'ReceivableVoided';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly successor: Hex };
    }
  | {
      readonly name: 'ReceivableWrittenOff';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly index: number; readonly commitment: Hex; readonly head: Hex };
    }
  | {
      readonly name: 'RecourseCalled';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly object: Hex; readonly commitment: Hex };
    }
  | {
      readonly name: 'RegistrationRecorded';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly by: Hex;
        readonly commitment: Hex;
        readonly head: Hex;
      };
    }
  | {
      readonly name: 'ReleaseDemanded';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly receivable: Hex; readonly commitment: Hex; readonly overrulableFrom: number };
    }
  | {
      readonly name: 'SettlementDeclared';
      readonly contract: 'ReceivableRegistry';
      readonly args: {
        readonly receivable: Hex;
        readonly index: number;
        readonly head: Hex;
        readonly coverVersion: number;
      };
    }
  | {
      readonly name: 'Transfer';
      readonly contract: 'ReceivableRegistry';
      readonly args: { readonly from: Hex; readonly to: Hex; readonly tokenId: Hex };
    }
  | {
      readonly name: 'GrantMade';
      readonly contract: 'AccessGrants';
      readonly args: { readonly grant: Hex; readonly maker: Hex; readonly commitment: Hex };
    }
  | { readonly name: 'GrantRevoked'; readonly contract: 'AccessGrants'; readonly args: { readonly grant: Hex } }
  | {
      readonly name: 'EvidenceAnchored';
      readonly contract: 'EvidenceAnchor';
      readonly args: { readonly member: number; readonly index: number; readonly root: Hex; readonly count: number };
    };
export type EventName = ContractEvent['name'];
export type EventNamed<N extends EventName> = Extract<ContractEvent, { name: N }>;

export const EVENT_NAMES = [
  'EIP712DomainChanged',
  'EndpointChanged',
  'Initialized',
  'KeyAdded',
  'KeyRevoked',
  'LegalEntityRegistered',
  'LegalEntityRemoved',
  'MemberAdminReplaced',
  'MemberAdmitted',
  'MemberReinstated',
  'MemberRolesChanged',
  'MemberSuspended',
  'OperatorAdded',
  'OperatorRevoked',
  'ProposalCreated',
  'ProposalExecuted',
  'ProposalPassed',
  'Upgraded',
  'VoteCast',
  'FrameworkPosted',
  'MilestoneRecorded',
  'OrderAccepted',
  'OrderBatchAnswered',
  'OrderBatchPosted',
  'OrderCalledOff',
  'OrderCancellationProposed',
  'OrderCancelled',
  'OrderChanged',
  'OrderChangeDeclined',
  'OrderChangeProposed',
  'OrderCompleted',
  'OrderCompletionProposed',
  'OrderCoverVersionRaised',
  'OrderEncumbranceChanged',
  'OrderExpired',
  'OrderMaterialised',
  'OrderPosted',
  'OrderProposalsRetracted',
  'OrderRejected',
  'OrderWithdrawn',
  'ParticipantAppointed',
  'ConsentNonceCancelled',
  'CreditNoteIssued',
  'DisbursementContested',
  'DisputeOpened',
  'DisputeResolved',
  'EncumbranceDisbursed',
  'EncumbranceDropped',
  'EncumbranceLapsed',
  'EncumbranceReleased',
  'EncumbranceReserved',
  'EncumbranceRolledOver',
  'LenderOverruled',
  'NoticeAcknowledged',
  'NoticeGiven',
  'OrderTagRegistered',
  'PartConfirmed',
  'PaymentAcknowledged',
  'PaymentClaimed',
  'PaymentWithdrawn',
  'ReceivableConfirmed',
  'ReceivableIssued',
  'ReceivableMarkedDefaulted',
  'ReceivableMarkedOverdue',
  'ReceivableRepurchased',
  'ReceivableSettled',
  'ReceivableSplit',
  'ReceivableVoided',
  'ReceivableWrittenOff',
  'RecourseCalled',
  'RegistrationRecorded',
  'ReleaseDemanded',
  'SettlementDeclared',
  'Transfer',
  'GrantMade',
  'GrantRevoked',
  'EvidenceAnchored',
] as const satisfies readonly EventName[];

/** An event where it stands in the chain. */
export interface EventRecord<E extends ContractEvent = ContractEvent> {
  readonly event: E;
  readonly block: number;
  /** Seconds, of the block: the clock for all deadlines. */
  readonly blockTime: number;
  /** Position among all logs of the block. */
  readonly logIndex: number;
  readonly tx: Hex;
}
