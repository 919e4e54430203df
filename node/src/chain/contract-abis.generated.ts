// Written by scripts/generate from the contracts' ABIs; npm run generate.
import type { Hex } from '../kernel/hex.js';

/** Functions and errors of each registry in ethers' human-readable form; events are decoded without it. */
export const CONTRACT_ABIS = {
  MemberRegistry: [
    'error KeyAlreadyRevoked(bytes32 key, uint40 revokedAt)',
    'error KeyExists(bytes32 key)',
    'error KeyInvalid(uint8 kind, uint256 length)',
    'error KeyUnknown(uint32 member, bytes32 key)',
    'error MemberAccountTaken(address account, uint32 member)',
    'error MemberChamberEmpty(uint8 chamber)',
    'error MemberEntityTaken(bytes32 entity, uint32 member)',
    'error MemberInvalidAcceptance(address account, uint32 member)',
    'error MemberInvalidChamber(uint8 chamber, uint8 roles)',
    'error MemberInvalidDoubt(uint64 inDoubtFrom, uint256 blockNumber)',
    'error MemberInvalidEndpoint(uint256 length)',
    'error MemberInvalidName(string name)',
    'error MemberInvalidRoles(uint8 roles)',
    'error MemberKeyRevoked(address account, uint40 revokedAt)',
    'error MemberLastOfChamber(uint32 member, uint8 chamber)',
    'error MemberMissingRole(uint32 member, uint8 roles, uint8 required)',
    'error MemberNameTaken(string name, uint32 member)',
    'error MemberNotActive(uint32 member, uint8 status)',
    'error MemberNotOperator(uint32 member, address account, uint32 owner)',
    'error MemberNotSuspended(uint32 member)',
    'error MemberUnknown(uint32 member)',
    'error MemberUnknownAdmin(address account)',
    'error MemberUnknownOperator(address account)',
    'error MemberUpgradeUnauthorized(address caller)',
    'error ProposalAlreadyExecuted(bytes32 proposal)',
    'error ProposalAlreadyVoted(bytes32 proposal, uint32 member)',
    'error ProposalCodeMismatch(address implementation, bytes32 codeHash, bytes32 found)',
    'error ProposalExists(bytes32 proposal)',
    'error ProposalLapsed(bytes32 proposal, uint256 executableUntil, uint256 timestamp)',
    'error ProposalNotPassed(bytes32 proposal)',
    'error ProposalNotVoter(address account)',
    'error ProposalTooEarly(bytes32 proposal, uint40 executableAt, uint256 timestamp)',
    'error ProposalUnknown(bytes32 proposal)',
    'error ProposalUnknownKind(uint8 kind)',
    'error ProposalVoterTooNew(bytes32 proposal, uint32 member)',
    'error ProposalVotingEnded(bytes32 proposal, uint40 votingEnds, uint256 timestamp)',
    'function addKey(uint8 kind, bytes publicKey) returns (bytes32 key)',
    'function addOperator(address account, bytes acceptance)',
    'function authorize(address account, uint8 role, uint32 counterparty, uint8 counterpartyRole) view returns (uint32 member)',
    'function chamberSizes() view returns (uint32[3])',
    'function execute(bytes32 proposal)',
    'function initialize((address admin, uint8 roles, uint8 chamber, string name, string endpoint, address operator, (uint8 kind, bytes publicKey)[] keys)[] genesis, uint40 upgradeDelay, uint40 votingPeriod)',
    'function key(bytes32 id) view returns ((uint32 member, uint8 kind, uint32 number, uint40 addedAt, uint40 revokedAt, uint40 inDoubtFrom))',
    'function member(uint32 id) view returns ((address admin, uint8 roles, uint8 chamber, uint8 status, uint32 votingSince, uint32 tagKeys))',
    'function memberCount() view returns (uint32)',
    'function memberOfAdmin(address account) view returns (uint32 member)',
    'function memberOfEntity(bytes32 entity) view returns (uint32 member)',
    'function memberOfName(string name) view returns (uint32 member)',
    'function memberOfOperator(address account) view returns (uint32 member)',
    'function operator(address account) view returns ((uint32 member, uint40 addedAt, uint40 revokedAt, uint40 inDoubtFrom))',
    'function proposal(bytes32 id) view returns ((uint8 kind, bool executed, uint32 ordinal, uint40 votingEnds, uint40 executableAt, uint32[3] sizes, uint32[3] approvals, bytes payload))',
    'function propose(uint8 kind, bytes payload, bytes32 reason, bytes32 random) returns (bytes32 proposal)',
    'function registerEntity(bytes32 entity)',
    'function requireActive(uint32 member, uint8 role) view',
    'function requireMayBegin(address account) view',
    'function revokeKey(bytes32 key, uint64 inDoubtFrom)',
    'function revokeOperator(address account, uint64 inDoubtFrom)',
    'function setEndpoint(string endpoint)',
    'function tagKeys(uint32 member) view returns (uint32 count)',
    'function upgradeDelay() view returns (uint40)',
    'function vote(bytes32 proposal, bool approve)',
    'function voteOf(bytes32 proposal, uint32 member) view returns (uint8)',
    'function votingPeriod() view returns (uint40)',
  ],
  OrderRegistry: [
    'error MilestoneLimitReached(bytes32 order, uint32 member, uint16 limit)',
    'error MilestoneLogClosed(bytes32 order, uint8 kind)',
    'error MilestoneUnauthorized(bytes32 order, uint32 member, uint8 kind)',
    'error MilestoneUnknownKind(uint8 kind)',
    'error OrderAlreadyPosted(bytes32 order)',
    'error OrderAlreadyProposed(bytes32 order, uint32 member)',
    'error OrderChangeMismatch(bytes32 order, uint32 version, bytes32 commitment)',
    'error OrderChangeMissing(bytes32 order)',
    'error OrderChangePending(bytes32 order, uint32 version)',
    'error OrderCommitmentMissing()',
    'error OrderEncumbered(bytes32 order, bool encumbered, uint32 encumberedDescendants)',
    'error OrderExpiryPast(uint40 expiry, uint256 timestamp)',
    'error OrderInvalidStatus(bytes32 order, uint8 status)',
    'error OrderInvalidTransition(bytes32 order, uint8 from, uint8 to)',
    'error OrderLapsed(bytes32 order, uint40 expiry, uint256 timestamp)',
    'error OrderLineageUnauthorized(address caller)',
    'error OrderNotLapsed(bytes32 order, uint40 expiry, uint256 timestamp)',
    'error OrderNothingProposed(bytes32 order, uint32 member)',
    'error OrderUnauthorized(bytes32 order, uint32 member)',
    'error OrderUnknown(bytes32 order)',
    'error ParticipantInvalidKinds(uint16 kinds)',
    'error ParticipantIsParty(bytes32 order, uint32 member)',
    'function accept(bytes32 order)',
    'function acceptChange(bytes32 order, uint32 version, bytes32 commitment, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] consents)',
    'function acceptMany(bytes32[] orders)',
    'function adjustEncumberedDescendants(bytes32 order, int8 by)',
    'function appoint(bytes32 order, uint32 member, uint16 kinds, uint40 until)',
    'function cancel(bytes32 order)',
    'function commitmentOf(bytes32 id) view returns (bytes32)',
    'function complete(bytes32 order)',
    'function declineChange(bytes32 order)',
    'function expire(bytes32 order)',
    'function headOf(bytes32 order) view returns (bytes32 head)',
    'function order(bytes32 id) view returns ((uint32 buyer, uint32 supplier, uint8 status, uint8 proposals, bool encumbered, uint32 version, uint32 coverVersion, uint40 expiry, uint32 encumberedDescendants, uint32 entries))',
    'function participant(bytes32 order, uint32 member) view returns ((uint16 kindsByBuyer, uint16 kindsBySupplier, uint40 untilByBuyer, uint40 untilBySupplier, uint16 entries))',
    'function pendingCommitmentOf(bytes32 id) view returns (bytes32)',
    'function post(uint32 supplier, bytes32 commitment, bytes32 tag, uint40 expiry) returns (bytes32 order)',
    'function postMany((uint32 supplier, uint40 expiry, bytes32 commitment, bytes32 tag)[] postings)',
    'function proposeChange(bytes32 order, bytes32 commitment)',
    'function record(bytes32 order, uint8 kind, bytes32 commitment, bytes32 supersedes)',
    'function recordMany((bytes32 order, uint8 kind, bytes32 commitment, bytes32 supersedes)[] milestones)',
    'function reject(bytes32 order, bytes32 reason)',
    'function retract(bytes32 order)',
    'function setEncumbered(bytes32 order, bool encumbered)',
    'function withdraw(bytes32 order)',
  ],
  ReceivableRegistry: [
    'error ConsentExpired(uint64 deadline, uint256 timestamp)',
    'error ConsentInvalidSignature(address signer)',
    'error ConsentNonceUsed(address signer, bytes32 nonce)',
    'error ConsentStale(uint64 given, uint64 current)',
    'error ConsentUnexpected(bytes32 object)',
    'error ConsentWrongSigner(address given, address required)',
    'error DisputeNotOpen(bytes32 receivable, uint32 index)',
    'error EncumbranceInvalidDisburseBy(uint40 disburseBy, uint256 timestamp, uint256 latest)',
    'error EncumbranceInvalidTransition(bytes32 object, uint8 from, uint8 to)',
    'error EncumbranceNotLapsed(bytes32 object, uint40 disburseBy, uint256 timestamp)',
    'error EncumbranceOnOrder(bytes32 order)',
    'error EncumbranceOrderNotAccepted(bytes32 order, uint8 status)',
    'error EncumbranceUnauthorized(bytes32 object, address account)',
    'error EncumbranceUnknownKind(uint8 kind)',
    'error EncumbranceUnknownObject(bytes32 object)',
    'error FingerprintTaken(uint32 obligor, bytes32 fingerprint, bytes32 receivable)',
    'error NoticeAlreadyGiven(bytes32 object)',
    'error NoticeMissing(bytes32 object)',
    'error OrderAlreadyEncumbered(bytes32 order, uint8 state)',
    'error OrderDescendantsEncumbered(bytes32 order, uint32 encumbered, uint32 consented)',
    'error OrderTagMismatch(bytes32 given, bytes32 required)',
    'error OrderTagTaken(uint32 buyer, bytes32 tag, bytes32 order)',
    'error PaymentNotClaimed(bytes32 receivable, uint32 index)',
    'error PaymentNotPayee(bytes32 receivable, address account, address payee)',
    'error ReceivableAlreadyEncumbered(bytes32 receivable, uint8 state)',
    'error ReceivableAlreadyIssued(bytes32 receivable)',
    'error ReceivableCommitmentMissing()',
    'error ReceivableDisputed(bytes32 receivable, uint32 openDisputes)',
    'error ReceivableHolderMissing()',
    'error ReceivableInvalidOrderCount(uint256 count, uint256 limit)',
    'error ReceivableInvalidOwner(address owner)',
    'error ReceivableInvalidTransition(bytes32 receivable, uint8 from, uint8 to)',
    'error ReceivableLineageUnauthorized(address caller)',
    'error ReceivableNotConfirmed(bytes32 receivable, uint8 status)',
    'error ReceivableNotTransferable()',
    'error ReceivableOrderMismatch(bytes32 order, uint32 buyer, uint32 supplier)',
    'error ReceivableOrderNotInForce(bytes32 order, uint8 status)',
    'error ReceivableOrdersUnsorted(bytes32 order)',
    'error ReceivableSuccessorRefused(bytes32 receivable, bytes32 successor)',
    'error ReceivableUnauthorized(bytes32 receivable, uint32 member)',
    'error ReceivableUnknown(bytes32 receivable)',
    'error ReceivableUnknownScope(uint8 scope)',
    'error TagCountMismatch(uint32 obligor, uint256 given, uint32 tagKeys)',
    'function acknowledgeNotice(bytes32 receivable)',
    'function acknowledgePayment(bytes32 receivable, uint32 index, bool settles, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] lenders)',
    'function approve(address to, uint256 tokenId)',
    'function balanceOf(address owner) view returns (uint256)',
    'function cancelNonce(bytes32 nonce)',
    'function claimPayment(bytes32 receivable, bytes32 commitment)',
    'function confirm(bytes32 receivable, bytes32 confirmation, uint8 scope, bytes32[] fingerprints)',
    'function coverVersionOf(bytes32 object) view returns (uint64)',
    'function disburse(bytes32 object, bytes32 paymentReference)',
    'function drop(bytes32 object)',
    'function encumbranceOf(bytes32 object) view returns ((address lender, uint8 state, uint8 kind, bool noticeGiven, uint40 disburseBy))',
    'function getApproved(uint256 tokenId) view returns (address)',
    'function isApprovedForAll(address owner, address operator) view returns (bool)',
    'function issue(bytes32[] orders, bytes32 commitment, address holder, bytes32 random) returns (bytes32 receivable)',
    'function issueCreditNote(bytes32 receivable, bytes32 commitment)',
    'function lapse(bytes32 object)',
    'function nonceUsed(address signer, bytes32 nonce) view returns (bool)',
    'function notify(bytes32 receivable, bytes32 notice)',
    'function openDispute(bytes32 receivable, bytes32 commitment)',
    'function openEntryKind(bytes32 receivable, uint32 index) view returns (uint8 kind)',
    'function orderOfTag(uint32 buyer, bytes32 tag) view returns (bytes32 order)',
    'function ordersOf(bytes32 receivable) view returns (bytes32[])',
    'function ownerOf(uint256 tokenId) view returns (address)',
    'function receivable(bytes32 id) view returns ((uint32 obligor, uint32 supplier, uint8 status, uint8 scope, bool everEncumbered, uint32 openDisputes, uint32 coverVersion, uint32 entries, address holder, bytes32 commitment, bytes32 head))',
    'function receivableOfFingerprint(uint32 obligor, bytes32 fingerprint) view returns (bytes32 receivable)',
    'function release(bytes32 object, bytes32 reason)',
    'function reserve((bytes32 object, address lender, uint8 kind, uint40 disburseBy, bytes32 terms, (bytes32 order, bytes32[] tags, address buyerAccount, bytes buyerSignature)[] orderTags) reservation, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) holderConsent, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) lenderConsent, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
    'function resolveDispute(bytes32 receivable, uint32 index, bytes32 commitment)',
    'function safeTransferFrom(address from, address to, uint256 tokenId)',
    'function safeTransferFrom(address from, address to, uint256 tokenId, bytes data)',
    'function setApprovalForAll(address operator, bool approved)',
    'function successorOf(bytes32 receivable) view returns (bytes32 successor)',
    'function supportsInterface(bytes4 interfaceId) view returns (bool)',
    'function takeChangeConsents(bytes32 order, uint32 version, bytes32 commitment, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] consents)',
    'function transferFrom(address from, address to, uint256 tokenId)',
    'function voidReceivable(bytes32 receivable, bytes32 successor, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) holderConsent, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
  ],
  AccessGrants: [
    'error GrantAlreadyRevoked(bytes32 grant, uint40 revokedAt)',
    'error GrantEmpty(address maker)',
    'error GrantExists(bytes32 grant)',
    'error GrantNotMaker(bytes32 grant, address maker, address caller)',
    'error GrantUnknown(bytes32 grant)',
    'function grant(bytes32 commitment, bytes32 random) returns (bytes32 id)',
    'function grantOf(bytes32 id) view returns ((address maker, uint40 madeAt, uint40 revokedAt, bytes32 commitment))',
    'function revoke(bytes32 id)',
  ],
  EvidenceAnchor: [
    'error EvidenceOutOfSequence(uint32 member, uint32 index)',
    'function anchor(bytes32 root, uint32 count, uint32 index)',
    'function headOf(uint32 member, uint32 index) view returns (bytes32)',
    'function proves(uint32 member, uint32 index, bytes32 root, bytes32 leaf, bytes32[] proof) view returns (bool)',
  ],
} as const;

/** Arguments of each function that a transaction can call. */
export interface ContractWrites {
  MemberRegistry: {
    addKey: [kind: number, publicKey: Hex];
    addOperator: [account: Hex, acceptance: Hex];
    execute: [proposal: Hex];
    initialize: [
      genesis: readonly {
        readonly admin: Hex;
        readonly roles: number;
        readonly chamber: number;
        readonly name: string;
        readonly endpoint: string;
        readonly operator: Hex;
        readonly keys: readonly { readonly kind: number; readonly publicKey: Hex }[];
      }[],
      upgradeDelay: number,
      votingPeriod: number,
    ];
    propose: [kind: number, payload: Hex, reason: Hex, random: Hex];
    registerEntity: [entity: Hex];
    revokeKey: [key: Hex, inDoubtFrom: number];
    revokeOperator: [account: Hex, inDoubtFrom: number];
    setEndpoint: [endpoint: string];
    vote: [proposal: Hex, approve: boolean];
  };
  OrderRegistry: {
    accept: [order: Hex];
    acceptChange: [
      order: Hex,
      version: number,
      commitment: Hex,
      consents: readonly {
        readonly object: Hex;
        readonly consent: {
          readonly signer: Hex;
          readonly nonce: Hex;
          readonly deadline: number;
          readonly coverVersion: number;
          readonly signature: Hex;
        };
      }[],
    ];
    acceptMany: [orders: readonly Hex[]];
    adjustEncumberedDescendants: [order: Hex, by: number];
    appoint: [order: Hex, member: number, kinds: number, until: number];
    cancel: [order: Hex];
    complete: [order: Hex];
    declineChange: [order: Hex];
    expire: [order: Hex];
    post: [supplier: number, commitment: Hex, tag: Hex, expiry: number];
    postMany: [
      postings: readonly {
        readonly supplier: number;
        readonly expiry: number;
        readonly commitment: Hex;
        readonly tag: Hex;
      }[],
    ];
    proposeChange: [order: Hex, commitment: Hex];
    record: [order: Hex, kind: number, commitment: Hex, supersedes: Hex];
    recordMany: [
      milestones: readonly {
        readonly order: Hex;
        readonly kind: number;
        readonly commitment: Hex;
        readonly supersedes: Hex;
      }[],
    ];
    reject: [order: Hex, reason: Hex];
    retract: [order: Hex];
    setEncumbered: [order: Hex, encumbered: boolean];
    withdraw: [order: Hex];
  };
  ReceivableRegistry: {
    acknowledgeNotice: [receivable: Hex];
    acknowledgePayment: [
      receivable: Hex,
      index: number,
      settles: boolean,
      lenders: readonly {
        readonly object: Hex;
        readonly consent: {
          readonly signer: Hex;
          readonly nonce: Hex;
          readonly deadline: number;
          readonly coverVersion: number;
          readonly signature: Hex;
        };
      }[],
    ];
    approve: [to: Hex, tokenId: bigint];
    cancelNonce: [nonce: Hex];
    claimPayment: [receivable: Hex, commitment: Hex];
    confirm: [receivable: Hex, confirmation: Hex, scope: number, fingerprints: readonly Hex[]];
    disburse: [object: Hex, paymentReference: Hex];
    drop: [object: Hex];
    issue: [orders: readonly Hex[], commitment: Hex, holder: Hex, random: Hex];
    issueCreditNote: [receivable: Hex, commitment: Hex];
    lapse: [object: Hex];
    notify: [receivable: Hex, notice: Hex];
    openDispute: [receivable: Hex, commitment: Hex];
    release: [object: Hex, reason: Hex];
    reserve: [
      reservation: {
        readonly object: Hex;
        readonly lender: Hex;
        readonly kind: number;
        readonly disburseBy: number;
        readonly terms: Hex;
        readonly orderTags: readonly {
          readonly order: Hex;
          readonly tags: readonly Hex[];
          readonly buyerAccount: Hex;
          readonly buyerSignature: Hex;
        }[];
      },
      holderConsent: {
        readonly signer: Hex;
        readonly nonce: Hex;
        readonly deadline: number;
        readonly coverVersion: number;
        readonly signature: Hex;
      },
      lenderConsent: {
        readonly signer: Hex;
        readonly nonce: Hex;
        readonly deadline: number;
        readonly coverVersion: number;
        readonly signature: Hex;
      },
      firstLenders: readonly {
        readonly object: Hex;
        readonly consent: {
          readonly signer: Hex;
          readonly nonce: Hex;
          readonly deadline: number;
          readonly coverVersion: number;
          readonly signature: Hex;
        };
      }[],
    ];
    resolveDispute: [receivable: Hex, index: number, commitment: Hex];
    setApprovalForAll: [operator: Hex, approved: boolean];
    takeChangeConsents: [
      order: Hex,
      version: number,
      commitment: Hex,
      consents: readonly {
        readonly object: Hex;
        readonly consent: {
          readonly signer: Hex;
          readonly nonce: Hex;
          readonly deadline: number;
          readonly coverVersion: number;
          readonly signature: Hex;
        };
      }[],
    ];
    transferFrom: [from: Hex, to: Hex, tokenId: bigint];
    voidReceivable: [
      receivable: Hex,
      successor: Hex,
      holderConsent: {
        readonly signer: Hex;
        readonly nonce: Hex;
        readonly deadline: number;
        readonly coverVersion: number;
        readonly signature: Hex;
      },
      firstLenders: readonly {
        readonly object: Hex;
        readonly consent: {
          readonly signer: Hex;
          readonly nonce: Hex;
          readonly deadline: number;
          readonly coverVersion: number;
          readonly signature: Hex;
        };
      }[],
    ];
  };
  AccessGrants: { grant: [commitment: Hex, random: Hex]; revoke: [id: Hex] };
  EvidenceAnchor: { anchor: [root: Hex, count: number, index: number] };
}

/** Arguments and result of each function that can only be read. */
export interface ContractReads {
  MemberRegistry: {
    authorize: { args: [account: Hex, role: number, counterparty: number, counterpartyRole: number]; result: number };
    chamberSizes: { args: []; result: readonly number[] };
    key: {
      args: [id: Hex];
      result: {
        readonly member: number;
        readonly kind: number;
        readonly number: number;
        readonly addedAt: number;
        readonly revokedAt: number;
        readonly inDoubtFrom: number;
      };
    };
    member: {
      args: [id: number];
      result: {
        readonly admin: Hex;
        readonly roles: number;
        readonly chamber: number;
        readonly status: number;
        readonly votingSince: number;
        readonly tagKeys: number;
      };
    };
    memberCount: { args: []; result: number };
    memberOfAdmin: { args: [account: Hex]; result: number };
    memberOfEntity: { args: [entity: Hex]; result: number };
    memberOfName: { args: [name: string]; result: number };
    memberOfOperator: { args: [account: Hex]; result: number };
    operator: {
      args: [account: Hex];
      result: {
        readonly member: number;
        readonly addedAt: number;
        readonly revokedAt: number;
        readonly inDoubtFrom: number;
      };
    };
    proposal: {
      args: [id: Hex];
      result: {
        readonly kind: number;
        readonly executed: boolean;
        readonly ordinal: number;
        readonly votingEnds: number;
        readonly executableAt: number;
        readonly sizes: readonly number[];
        readonly approvals: readonly number[];
        readonly payload: Hex;
      };
    };
    requireActive: { args: [member: number, role: number]; result: [] };
    requireMayBegin: { args: [account: Hex]; result: [] };
    tagKeys: { args: [member: number]; result: number };
    upgradeDelay: { args: []; result: number };
    voteOf: { args: [proposal: Hex, member: number]; result: number };
    votingPeriod: { args: []; result: number };
  };
  OrderRegistry: {
    commitmentOf: { args: [id: Hex]; result: Hex };
    headOf: { args: [order: Hex]; result: Hex };
    order: {
      args: [id: Hex];
      result: {
        readonly buyer: number;
        readonly supplier: number;
        readonly status: number;
        readonly proposals: number;
        readonly encumbered: boolean;
        readonly version: number;
        readonly coverVersion: number;
        readonly expiry: number;
        readonly encumberedDescendants: number;
        readonly entries: number;
      };
    };
    participant: {
      args: [order: Hex, member: number];
      result: {
        readonly kindsByBuyer: number;
        readonly kindsBySupplier: number;
        readonly untilByBuyer: number;
        readonly untilBySupplier: number;
        readonly entries: number;
      };
    };
    pendingCommitmentOf: { args: [id: Hex]; result: Hex };
  };
  ReceivableRegistry: {
    balanceOf: { args: [owner: Hex]; result: bigint };
    coverVersionOf: { args: [object: Hex]; result: number };
    encumbranceOf: {
      args: [object: Hex];
      result: {
        readonly lender: Hex;
        readonly state: number;
        readonly kind: number;
        readonly noticeGiven: boolean;
        readonly disburseBy: number;
      };
    };
    getApproved: { args: [tokenId: bigint]; result: Hex };
    isApprovedForAll: { args: [owner: Hex, operator: Hex]; result: boolean };
    nonceUsed: { args: [signer: Hex, nonce: Hex]; result: boolean };
    openEntryKind: { args: [receivable: Hex, index: number]; result: number };
    orderOfTag: { args: [buyer: number, tag: Hex]; result: Hex };
    ordersOf: { args: [receivable: Hex]; result: readonly Hex[] };
    ownerOf: { args: [tokenId: bigint]; result: Hex };
    receivable: {
      args: [id: Hex];
      result: {
        readonly obligor: number;
        readonly supplier: number;
        readonly status: number;
        readonly scope: number;
        readonly everEncumbered: boolean;
        readonly openDisputes: number;
        readonly coverVersion: number;
        readonly entries: number;
        readonly holder: Hex;
        readonly commitment: Hex;
        readonly head: Hex;
      };
    };
    receivableOfFingerprint: { args: [obligor: number, fingerprint: Hex]; result: Hex };
    successorOf: { args: [receivable: Hex]; result: Hex };
    supportsInterface: { args: [interfaceId: Hex]; result: boolean };
  };
  AccessGrants: {
    grantOf: {
      args: [id: Hex];
      result: { readonly maker: Hex; readonly madeAt: number; readonly revokedAt: number; readonly commitment: Hex };
    };
  };
  EvidenceAnchor: {
    headOf: { args: [member: number, index: number]; result: Hex };
    proves: { args: [member: number, index: number, root: Hex, leaf: Hex, proof: readonly Hex[]]; result: boolean };
  };
}
