// Written by scripts/generate from the contracts' ABIs; npm run generate.
import type { Hex } from '../kernel/hex.js';

/** Functions and errors of each registry in ethers' human-readable form; events are decoded without it. */
export const CONTRACT_ABIS = {
  MemberRegistry: [
    'error AddressEmptyCode(address target)',
    'error ERC1967InvalidImplementation(address implementation)',
    'error ERC1967NonPayable()',
    'error FailedCall()',
    'error InvalidInitialization()',
    'error KeyAlreadyRevoked(bytes32 key, uint40 revokedAt)',
    'error KeyExists(bytes32 key)',
    'error KeyInvalid(uint8 kind, uint256 length)',
    'error KeyUnknown(uint32 member, bytes32 key)',
    'error MemberAccountTaken(address account, uint32 member)',
    'error MemberChamberEmpty(uint8 chamber)',
    'error MemberEntityLost(bytes32 entity, uint32 member)',
    'error MemberEntityNotHeld(bytes32 entity, uint32 member, uint32 holder)',
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
    'error NotInitializing()',
    'error ProposalAlreadyExecuted(bytes32 proposal)',
    'error ProposalAlreadyVoted(bytes32 proposal, uint32 member)',
    'error ProposalCodeMismatch(address implementation, bytes32 codeHash, bytes32 found)',
    'error ProposalExists(bytes32 proposal)',
    'error ProposalInvalidMigration(address proxy)',
    'error ProposalLapsed(bytes32 proposal, uint256 executableUntil, uint256 timestamp)',
    'error ProposalNotPassed(bytes32 proposal)',
    'error ProposalNotVoter(address account)',
    'error ProposalTooEarly(bytes32 proposal, uint40 executableAt, uint256 timestamp)',
    'error ProposalUnknown(bytes32 proposal)',
    'error ProposalUnknownKind(uint8 kind)',
    'error ProposalVoterTooNew(bytes32 proposal, uint32 member)',
    'error ProposalVotingEnded(bytes32 proposal, uint40 votingEnds, uint256 timestamp)',
    'error UUPSUnauthorizedCallContext()',
    'error UUPSUnsupportedProxiableUUID(bytes32 slot)',
    'function UPGRADE_INTERFACE_VERSION() view returns (string)',
    'function addKey(uint8 kind, bytes publicKey) returns (bytes32)',
    'function addOperator(address account, bytes acceptance)',
    'function authorize(address account, uint8 role, uint32 counterparty, uint8 counterpartyRole) view returns (uint32 id)',
    'function chamberSizes() view returns (uint32[3])',
    'function domainSeparator() view returns (bytes32)',
    'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
    'function execute(bytes32 id)',
    'function initialize((address admin, uint8 roles, uint8 chamber, string name, string endpoint, address operator, (uint8 kind, bytes publicKey)[] keys)[] genesis, uint40 upgradeDelay_, uint40 votingPeriod_)',
    'function key(bytes32 id) view returns ((uint32 member, uint8 kind, uint32 number, uint40 addedAt, uint40 revokedAt, uint40 inDoubtFrom))',
    'function member(uint32 id) view returns ((address admin, uint8 roles, uint8 chamber, uint8 status, uint32 votingSince, uint32 tagKeys))',
    'function memberCount() view returns (uint32)',
    'function memberOfAdmin(address account) view returns (uint32 id)',
    'function memberOfEntity(bytes32 entity) view returns (uint32)',
    'function memberOfName(string name) view returns (uint32)',
    'function memberOfSigner(address account) view returns (uint32 id)',
    'function operator(address account) view returns ((uint32 member, uint40 addedAt, uint40 revokedAt, uint40 inDoubtFrom))',
    'function proposal(bytes32 id) view returns ((uint8 kind, bool executed, uint32 ordinal, uint40 votingEnds, uint40 executableAt, uint32[3] sizes, uint32[3] approvals, bytes payload))',
    'function propose(uint8 kind, bytes payload, bytes32 reason, bytes32 random) returns (bytes32 id)',
    'function proxiableUUID() view returns (bytes32)',
    'function registerEntity(bytes32 entity)',
    'function requireActive(uint32 id, uint8 role) view',
    'function requireMayBegin(address account) view',
    'function revokeKey(bytes32 id, uint64 inDoubtFrom)',
    'function revokeOperator(address account, uint64 inDoubtFrom)',
    'function setEndpoint(string endpoint)',
    'function tagKeys(uint32 id) view returns (uint32)',
    'function upgradeDelay() view returns (uint40)',
    'function upgradeToAndCall(address newImplementation, bytes data) payable',
    'function vote(bytes32 id, bool approve)',
    'function voteOf(bytes32 id, uint32 voter) view returns (uint8)',
    'function votingPeriod() view returns (uint40)',
  ],
  OrderRegistry: [
    'error AddressEmptyCode(address target)',
    'error ERC1967InvalidImplementation(address implementation)',
    'error ERC1967NonPayable()',
    'error FailedCall()',
    'error InvalidInitialization()',
    'error MilestoneLimitReached(bytes32 order, uint32 member, uint16 limit)',
    'error MilestoneLogClosed(bytes32 order, uint8 kind)',
    'error MilestoneUnauthorized(bytes32 order, uint32 member, uint8 kind)',
    'error MilestoneUnknownKind(uint8 kind)',
    'error NotInitializing()',
    'error OrderAlreadyPosted(bytes32 order)',
    'error OrderAlreadyProposed(bytes32 order, uint32 member)',
    'error OrderBatchAlreadyAnswered(uint32 buyer, bytes32 root, uint40 answeredAt)',
    'error OrderBatchAlreadyPosted(uint32 buyer, bytes32 root)',
    'error OrderBatchInvalidBitmap(uint32 buyer, bytes32 root, uint256 length)',
    'error OrderBatchUnauthorized(uint32 buyer, bytes32 root, uint32 member)',
    'error OrderBatchUnknown(uint32 buyer, bytes32 root)',
    'error OrderChangeMismatch(bytes32 order, uint32 version, bytes32 commitment)',
    'error OrderChangeMissing(bytes32 order)',
    'error OrderChangePending(bytes32 order, uint32 version)',
    'error OrderCommitmentMissing()',
    'error OrderEncumbered(bytes32 order, bool encumbered, uint32 encumberedDescendants)',
    'error OrderExpiryPast(uint40 expiry, uint256 timestamp)',
    'error OrderInvalidStatus(bytes32 order, uint8 status)',
    'error OrderInvalidTransition(bytes32 order, uint8 from, uint8 to)',
    'error OrderIsFramework(bytes32 order)',
    'error OrderLapsed(bytes32 order, uint40 expiry, uint256 timestamp)',
    'error OrderLineageUnauthorized(address caller)',
    'error OrderNotAcceptedInBatch(bytes32 order, bytes32 root, uint32 index)',
    'error OrderNotFramework(bytes32 order)',
    'error OrderNotInBatch(bytes32 order, bytes32 root, uint32 index)',
    'error OrderNotInForce(bytes32 order, uint8 status)',
    'error OrderNotLapsed(bytes32 order, uint40 expiry, uint256 timestamp)',
    'error OrderNothingProposed(bytes32 order, uint32 member)',
    'error OrderPartiesDiffer(bytes32 order, uint32 buyer, uint32 supplier)',
    'error OrderSelfPosted(uint32 member)',
    'error OrderSupplierMissing()',
    'error OrderUnauthorized(bytes32 order, uint32 member)',
    'error OrderUnknown(bytes32 order)',
    'error OrdersUnsorted(bytes32 order)',
    'error ParticipantInvalidKinds(uint16 kinds)',
    'error ParticipantIsParty(bytes32 order, uint32 member)',
    'error RegistryUpgradeUnauthorized(address caller)',
    'error UUPSUnauthorizedCallContext()',
    'error UUPSUnsupportedProxiableUUID(bytes32 slot)',
    'function UPGRADE_INTERFACE_VERSION() view returns (string)',
    'function accept(bytes32 id)',
    'function acceptChange(bytes32 id, uint32 version, bytes32 commitment, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] consents)',
    'function acceptMany(bytes32[] ids)',
    'function adjustEncumberedDescendants(bytes32[] ids, bool more)',
    'function answerBatch(uint32 buyer, bytes32 root, bytes bitmap)',
    'function appoint(bytes32 id, uint32 member, uint16 kinds, uint40 until)',
    'function batch(uint32 buyer, bytes32 root) view returns ((uint32 supplier, uint40 answeredAt, bytes32 answer))',
    'function callOff(bytes32 framework, bytes32 commitment, bytes32 tag, uint40 expiry) returns (bytes32 id)',
    'function cancel(bytes32 id)',
    'function commitmentOf(bytes32 id) view returns (bytes32)',
    'function complete(bytes32 id)',
    'function coverVersionOf(bytes32[] ids) view returns (uint64 cover)',
    'function declineChange(bytes32 id)',
    'function domainSeparator() view returns (bytes32)',
    'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
    'function expire(bytes32 id)',
    'function frameworkOf(bytes32 id) view returns (bytes32)',
    'function headOf(bytes32 id) view returns (bytes32)',
    'function initialize()',
    'function materialise((uint32 buyer, uint32 index, uint40 expiry, bytes32 commitment, bytes32 tag) batched, bytes32 root, bytes32[] proof, bytes bitmap) returns (bytes32 id)',
    'function members() view returns (address)',
    'function order(bytes32 id) view returns ((uint32 buyer, uint32 supplier, uint8 status, uint8 proposals, bool encumbered, uint32 version, uint32 coverVersion, uint40 expiry, uint32 encumberedDescendants, uint32 entries))',
    'function participant(bytes32 id, uint32 member) view returns ((uint16 kindsByBuyer, uint16 kindsBySupplier, uint40 untilByBuyer, uint40 untilBySupplier, uint16 entries))',
    'function partiesInForce(bytes32[] ids) view returns (uint32 buyer, uint32 supplier)',
    'function pendingCommitmentOf(bytes32 id) view returns (bytes32)',
    'function post(uint32 supplier, bytes32 commitment, bytes32 tag, uint40 expiry) returns (bytes32)',
    'function postBatch(bytes32 root, uint32 supplier)',
    'function postFramework(uint32 supplier, bytes32 commitment, bytes32 tag, uint40 expiry) returns (bytes32 id)',
    'function postMany((uint32 supplier, uint40 expiry, bytes32 commitment, bytes32 tag)[] postings)',
    'function proposeChange(bytes32 id, bytes32 commitment)',
    'function proxiableUUID() view returns (bytes32)',
    'function raiseCoverVersions(bytes32[] ids)',
    'function receivables() view returns (address)',
    'function record(bytes32 id, uint8 kind, bytes32 commitment, bytes32 supersedes)',
    'function recordMany((bytes32 order, uint8 kind, bytes32 commitment, bytes32 supersedes)[] milestones)',
    'function reject(bytes32 id, bytes32 reason)',
    'function retract(bytes32 id)',
    'function setEncumbered(bytes32 id, bool encumbered)',
    'function upgradeToAndCall(address newImplementation, bytes data) payable',
    'function withdraw(bytes32 id)',
  ],
  ReceivableRegistry: [
    'error AddressEmptyCode(address target)',
    'error ConsentExpired(uint64 deadline, uint256 timestamp)',
    'error ConsentInvalidSignature(address signer)',
    'error ConsentNonceUsed(address signer, bytes32 nonce)',
    'error ConsentStale(uint64 given, uint64 current)',
    'error ConsentUnexpected(bytes32 object)',
    'error ConsentWrongSigner(address given, address required)',
    'error ERC1967InvalidImplementation(address implementation)',
    'error ERC1967NonPayable()',
    'error EncumbranceInvalidDisburseBy(uint40 disburseBy, uint256 timestamp, uint256 latest)',
    'error EncumbranceInvalidTransition(bytes32 object, uint8 from, uint8 to)',
    'error EncumbranceNotLapsed(bytes32 object, uint40 disburseBy, uint256 timestamp)',
    'error EncumbranceNotOfLineage(bytes32 order, bytes32 receivable)',
    'error EncumbranceOnOrder(bytes32 order)',
    'error EncumbranceOrderNotAccepted(bytes32 order, uint8 status)',
    'error EncumbranceUnauthorized(bytes32 object, address account)',
    'error EncumbranceUnknownKind(uint8 kind)',
    'error EncumbranceUnknownObject(bytes32 object)',
    'error FailedCall()',
    'error FingerprintTaken(uint32 obligor, bytes32 fingerprint, bytes32 receivable)',
    'error InstalmentCountMismatch(uint32 obligor, bytes32 fingerprint, uint16 given, uint16 instalments)',
    'error InstalmentInvalid(uint16 instalment, uint16 instalments, uint16 limit)',
    'error InvalidInitialization()',
    'error NotInitializing()',
    'error NoticeAlreadyGiven(bytes32 object)',
    'error NoticeMissing(bytes32 object)',
    'error NoticeOfAnotherLender(bytes32 object, address given, address lender)',
    'error OrderAlreadyEncumbered(bytes32 order, uint8 state)',
    'error OrderDescendantsEncumbered(bytes32 order, uint32 encumbered, uint32 consented)',
    'error OrderTagCountMismatch(uint256 given, uint256 required)',
    'error OrderTagMismatch(bytes32 given, bytes32 required)',
    'error OrderTagTaken(uint32 buyer, bytes32 tag, bytes32 order)',
    'error ReceivableAlreadyEncumbered(bytes32 receivable, uint8 state)',
    'error ReceivableAlreadyIssued(bytes32 receivable)',
    'error ReceivableCommitmentMissing()',
    'error ReceivableDisputed(bytes32 receivable, uint32 openDisputes)',
    'error ReceivableHolderMissing()',
    'error ReceivableInvalidOrderCount(uint256 count, uint256 limit)',
    'error ReceivableInvalidTransition(bytes32 receivable, uint8 from, uint8 to)',
    'error ReceivableLineageUnauthorized(address caller)',
    'error ReceivableNotConfirmed(bytes32 receivable, uint8 status)',
    'error ReceivableNotSupplier(uint32 member, uint32 supplier)',
    'error ReceivableSuccessorRefused(bytes32 receivable, bytes32 successor)',
    'error ReceivableUnauthorized(bytes32 receivable, uint32 member)',
    'error ReceivableUnknown(bytes32 receivable)',
    'error ReceivableUnknownScope(uint8 scope)',
    'error RegistryUpgradeUnauthorized(address caller)',
    'error TagCountMismatch(uint32 obligor, uint256 given, uint32 tagKeys)',
    'error UUPSUnauthorizedCallContext()',
    'error UUPSUnsupportedProxiableUUID(bytes32 slot)',
    'function UPGRADE_INTERFACE_VERSION() view returns (string)',
    'function acknowledgeNotice(bytes32 id, address lender)',
    'function annex() view returns (address)',
    'function cancelNonce(bytes32 nonce)',
    'function confirm(bytes32 id, bytes32 confirmation, uint8 scope, uint16 instalment, uint16 instalments, bytes32[] fingerprints)',
    'function coverVersionOf(bytes32 object) view returns (uint64)',
    'function disburse(bytes32 object, bytes32 paymentReference)',
    'function domainSeparator() view returns (bytes32)',
    'function drop(bytes32 object)',
    'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
    'function encumbranceOf(bytes32 object) view returns ((address lender, uint8 state, uint8 kind, bool noticeGiven, uint40 disburseBy, bool contested, bool recourseCalled))',
    'function initialize()',
    'function issue(bytes32[] ids, bytes32 commitment, address holder, bytes32 random) returns (bytes32 id)',
    'function lapse(bytes32 object)',
    'function members() view returns (address)',
    'function nonceUsed(address signer, bytes32 nonce) view returns (bool)',
    'function notify(bytes32 id, bytes32 notice)',
    'function orderOfTag(uint32 buyer, bytes32 tag) view returns (bytes32)',
    'function orders() view returns (address)',
    'function ordersOf(bytes32 id) view returns (bytes32[])',
    'function proxiableUUID() view returns (bytes32)',
    'function receivable(bytes32 id) view returns ((uint32 obligor, uint32 supplier, uint8 status, uint8 scope, bool everEncumbered, uint32 openDisputes, uint32 coverVersion, uint32 entries, uint8 marks, uint16 instalment, uint16 instalments, address holder, bytes32 commitment, bytes32 head))',
    'function receivableOfFingerprint(uint32 obligor, bytes32 fingerprint) view returns (bytes32)',
    'function receivableOfInstalment(uint32 obligor, bytes32 fingerprint, uint16 instalment) view returns (bytes32)',
    'function release(bytes32 object, bytes32 reason)',
    'function reserve((bytes32 object, address lender, uint8 kind, uint40 disburseBy, bytes32 terms, (bytes32 order, bytes32[] tags, address buyerAccount, bytes buyerSignature)[] orderTags) reservation, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) holderConsent, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) lenderConsent, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
    'function rollOver(bytes32 order, (bytes32 object, address lender, uint8 kind, uint40 disburseBy, bytes32 terms, (bytes32 order, bytes32[] tags, address buyerAccount, bytes buyerSignature)[] orderTags) reservation, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) holderConsent, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) lenderConsent, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
    'function successorOf(bytes32 id) view returns (bytes32)',
    'function takeChangeConsents(bytes32 order, uint32 version, bytes32 commitment, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] consents)',
    'function upgradeToAndCall(address newImplementation, bytes data) payable',
    'function voidReceivable(bytes32 id, bytes32 successor, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) holderConsent, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
    'error DisbursementAlreadyContested(bytes32 object)',
    'error DisputeNotOpen(bytes32 receivable, uint32 index)',
    'error LenderNotSilent(bytes32 receivable, uint40 overrulableFrom, uint256 timestamp)',
    'error OverruleUnauthorized(address caller)',
    'error PaymentNotClaimed(bytes32 receivable, uint32 index)',
    'error PaymentNotPayee(bytes32 receivable, address account, address payee)',
    'error ReceivableAlreadyMarked(bytes32 receivable, uint8 marks)',
    'error ReceivableInvalidOwner(address owner)',
    'error ReceivableIsOverdue(bytes32 receivable)',
    'error ReceivableNotOverdue(bytes32 receivable)',
    'error ReceivableNotSettled(bytes32 receivable, uint8 status)',
    'error ReceivableNotTransferable()',
    'error RecourseAlreadyCalled(bytes32 object)',
    'error RegistrationUnauthorized(bytes32 receivable, address account)',
    'error ReleaseAlreadyDemanded(bytes32 receivable)',
    'error SplitAcceptanceCountMismatch(uint256 given, uint256 parts)',
    'error SplitInvalidPartCount(uint256 count, uint256 limit)',
    'function acknowledgePayment(bytes32 id, uint32 index, bool settles, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] lenders)',
    'function acknowledgeRepurchase(bytes32 id, bytes32 commitment)',
    'function approve(address, uint256) pure',
    'function balanceOf(address owner) view returns (uint256)',
    'function callRecourse(bytes32 object, bytes32 commitment)',
    'function claimPayment(bytes32 id, bytes32 commitment)',
    'function contestDisbursement(bytes32 object, bytes32 commitment)',
    'function demandRelease(bytes32 id, bytes32 commitment)',
    'function getApproved(uint256 tokenId) view returns (address)',
    'function isApprovedForAll(address, address) pure returns (bool)',
    'function issueCreditNote(bytes32 id, bytes32 commitment)',
    'function markDefaulted(bytes32 id, bytes32 commitment)',
    'function markOverdue(bytes32 id, bytes32 commitment)',
    'function openDispute(bytes32 id, bytes32 commitment)',
    'function openEntryKind(bytes32 id, uint32 index) view returns (uint8)',
    'function overrulableFrom(bytes32 id) view returns (uint40)',
    'function overrule(bytes32 id)',
    'function ownerOf(uint256 tokenId) view returns (address)',
    'function parentOf(bytes32 id) view returns (bytes32)',
    'function recordRegistration(bytes32 id, bytes32 commitment)',
    'function requireOverrulable(bytes32 id) view',
    'function resolveDispute(bytes32 id, uint32 index, bytes32 commitment)',
    'function safeTransferFrom(address, address, uint256) pure',
    'function safeTransferFrom(address, address, uint256, bytes) pure',
    'function setApprovalForAll(address, bool) pure',
    'function settle(bytes32 id, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] lenders)',
    'function split(bytes32 id, (address holder, bytes32 commitment)[] parts, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) holderConsent, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) obligorConsent, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature)[] acceptances, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
    'function supportsInterface(bytes4 interfaceId) pure returns (bool)',
    'function transferFrom(address, address, uint256) pure',
    'function withdrawPayment(bytes32 id, uint32 index)',
    'function writeOff(bytes32 id, bytes32 commitment, (bytes32 object, (address signer, bytes32 nonce, uint64 deadline, uint64 coverVersion, bytes signature) consent)[] firstLenders)',
  ],
  AccessGrants: [
    'error AddressEmptyCode(address target)',
    'error ERC1967InvalidImplementation(address implementation)',
    'error ERC1967NonPayable()',
    'error FailedCall()',
    'error GrantAlreadyRevoked(bytes32 grant, uint40 revokedAt)',
    'error GrantEmpty(address maker)',
    'error GrantExists(bytes32 grant)',
    'error GrantNotMaker(bytes32 grant, address maker, address caller)',
    'error GrantUnknown(bytes32 grant)',
    'error InvalidInitialization()',
    'error NotInitializing()',
    'error RegistryUpgradeUnauthorized(address caller)',
    'error UUPSUnauthorizedCallContext()',
    'error UUPSUnsupportedProxiableUUID(bytes32 slot)',
    'function UPGRADE_INTERFACE_VERSION() view returns (string)',
    'function domainSeparator() view returns (bytes32)',
    'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
    'function grant(bytes32 commitment, bytes32 random) returns (bytes32 id)',
    'function grantOf(bytes32 id) view returns ((address maker, uint40 madeAt, uint40 revokedAt, bytes32 commitment))',
    'function initialize()',
    'function members() view returns (address)',
    'function proxiableUUID() view returns (bytes32)',
    'function revoke(bytes32 id)',
    'function upgradeToAndCall(address newImplementation, bytes data) payable',
  ],
  EvidenceAnchor: [
    'error AddressEmptyCode(address target)',
    'error ERC1967InvalidImplementation(address implementation)',
    'error ERC1967NonPayable()',
    'error EvidenceOutOfSequence(uint32 member, uint32 index)',
    'error FailedCall()',
    'error InvalidInitialization()',
    'error NotInitializing()',
    'error RegistryUpgradeUnauthorized(address caller)',
    'error UUPSUnauthorizedCallContext()',
    'error UUPSUnsupportedProxiableUUID(bytes32 slot)',
    'function UPGRADE_INTERFACE_VERSION() view returns (string)',
    'function anchor(bytes32 root, uint32 count, uint32 index)',
    'function domainSeparator() view returns (bytes32)',
    'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
    'function headOf(uint32 member, uint32 index) view returns (bytes32)',
    'function initialize()',
    'function members() view returns (address)',
    'function proves(uint32 member, uint32 index, bytes32 root, bytes32 leaf, bytes32[] proof) view returns (bool)',
    'function proxiableUUID() view returns (bytes32)',
    'function upgradeToAndCall(address newImplementation, bytes data) payable',
  ],
} as const;

/** Arguments of each function that a transaction can call. */
export interface ContractWrites {
  MemberRegistry: {
    addKey: [kind: number, publicKey: Hex];
    addOperator: [account: Hex, acceptance: Hex];
    execute: [id: Hex];
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
      upgradeDelay_: number,
      votingPeriod_: number,
    ];
    propose: [kind: number, payload: Hex, reason: Hex, random: Hex];
    registerEntity: [entity: Hex];
    revokeKey: [id: Hex, inDoubtFrom: number];
    revokeOperator: [account: Hex, inDoubtFrom: number];
    setEndpoint: [endpoint: string];
    upgradeToAndCall: [newImplementation: Hex, data: Hex];
    vote: [id: Hex, approve: boolean];
  };
  OrderRegistry: {
    accept: [id: Hex];
    acceptChange: [
      id: Hex,
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
    acceptMany: [ids: readonly Hex[]];
    adjustEncumberedDescendants: [ids: readonly Hex[], more: boolean];
    answerBatch: [buyer: number, root: Hex, bitmap: Hex];
    appoint: [id: Hex, member: number, kinds: number, until: number];
    callOff: [framework: Hex, commitment: Hex, tag: Hex, expiry: number];
    cancel: [id: Hex];
    complete: [id: Hex];
    declineChange: [id: Hex];
    expire: [id: Hex];
    initialize: [];
    materialise: [
      batched: {
        readonly buyer: number;
        readonly index: number;
        readonly expiry: number;
        readonly commitment: Hex;
        readonly tag: Hex;
      },
      root: Hex,
      proof: readonly Hex[],
      bitmap: Hex,
    ];
    post: [supplier: number, commitment: Hex, tag: Hex, expiry: number];
    postBatch: [root: Hex, supplier: number];
    postFramework: [supplier: number, commitment: Hex, tag: Hex, expiry: number];
    postMany: [
      postings: readonly {
        readonly supplier: number;
        readonly expiry: number;
        readonly commitment: Hex;
        readonly tag: Hex;
      }[],
    ];
    proposeChange: [id: Hex, commitment: Hex];
    raiseCoverVersions: [ids: readonly Hex[]];
    record: [id: Hex, kind: number, commitment: Hex, supersedes: Hex];
    recordMany: [
      milestones: readonly {
        readonly order: Hex;
        readonly kind: number;
        readonly commitment: Hex;
        readonly supersedes: Hex;
      }[],
    ];
    reject: [id: Hex, reason: Hex];
    retract: [id: Hex];
    setEncumbered: [id: Hex, encumbered: boolean];
    upgradeToAndCall: [newImplementation: Hex, data: Hex];
    withdraw: [id: Hex];
  };
  ReceivableRegistry: {
    acknowledgeNotice: [id: Hex, lender: Hex];
    cancelNonce: [nonce: Hex];
    confirm: [
      id: Hex,
      confirmation: Hex,
      scope: number,
      instalment: number,
      instalments: number,
      fingerprints: readonly Hex[],
    ];
    disburse: [object: Hex, paymentReference: Hex];
    drop: [object: Hex];
    initialize: [];
    issue: [ids: readonly Hex[], commitment: Hex, holder: Hex, random: Hex];
    lapse: [object: Hex];
    notify: [id: Hex, notice: Hex];
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
    rollOver: [
      order: Hex,
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
    upgradeToAndCall: [newImplementation: Hex, data: Hex];
    voidReceivable: [
      id: Hex,
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
    acknowledgePayment: [
      id: Hex,
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
    acknowledgeRepurchase: [id: Hex, commitment: Hex];
    callRecourse: [object: Hex, commitment: Hex];
    claimPayment: [id: Hex, commitment: Hex];
    contestDisbursement: [object: Hex, commitment: Hex];
    demandRelease: [id: Hex, commitment: Hex];
    issueCreditNote: [id: Hex, commitment: Hex];
    markDefaulted: [id: Hex, commitment: Hex];
    markOverdue: [id: Hex, commitment: Hex];
    openDispute: [id: Hex, commitment: Hex];
    overrule: [id: Hex];
    recordRegistration: [id: Hex, commitment: Hex];
    resolveDispute: [id: Hex, index: number, commitment: Hex];
    settle: [
      id: Hex,
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
    split: [
      id: Hex,
      parts: readonly { readonly holder: Hex; readonly commitment: Hex }[],
      holderConsent: {
        readonly signer: Hex;
        readonly nonce: Hex;
        readonly deadline: number;
        readonly coverVersion: number;
        readonly signature: Hex;
      },
      obligorConsent: {
        readonly signer: Hex;
        readonly nonce: Hex;
        readonly deadline: number;
        readonly coverVersion: number;
        readonly signature: Hex;
      },
      acceptances: readonly {
        readonly signer: Hex;
        readonly nonce: Hex;
        readonly deadline: number;
        readonly coverVersion: number;
        readonly signature: Hex;
      }[],
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
    withdrawPayment: [id: Hex, index: number];
    writeOff: [
      id: Hex,
      commitment: Hex,
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
  AccessGrants: {
    grant: [commitment: Hex, random: Hex];
    initialize: [];
    revoke: [id: Hex];
    upgradeToAndCall: [newImplementation: Hex, data: Hex];
  };
  EvidenceAnchor: {
    anchor: [root: Hex, count: number, index: number];
    initialize: [];
    upgradeToAndCall: [newImplementation: Hex, data: Hex];
  };
}

/** Arguments and result of each function that can only be read. */
export interface ContractReads {
  MemberRegistry: {
    UPGRADE_INTERFACE_VERSION: { args: []; result: string };
    authorize: { args: [account: Hex, role: number, counterparty: number, counterpartyRole: number]; result: number };
    chamberSizes: { args: []; result: readonly number[] };
    domainSeparator: { args: []; result: Hex };
    eip712Domain: {
      args: [];
      result: [
        fields: Hex,
        name: string,
        version: string,
        chainId: bigint,
        verifyingContract: Hex,
        salt: Hex,
        extensions: readonly bigint[],
      ];
    };
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
    memberOfSigner: { args: [account: Hex]; result: number };
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
    proxiableUUID: { args: []; result: Hex };
    requireActive: { args: [id: number, role: number]; result: [] };
    requireMayBegin: { args: [account: Hex]; result: [] };
    tagKeys: { args: [id: number]; result: number };
    upgradeDelay: { args: []; result: number };
    voteOf: { args: [id: Hex, voter: number]; result: number };
    votingPeriod: { args: []; result: number };
  };
  OrderRegistry: {
    UPGRADE_INTERFACE_VERSION: { args: []; result: string };
    batch: {
      args: [buyer: number, root: Hex];
      result: { readonly supplier: number; readonly answeredAt: number; readonly answer: Hex };
    };
    commitmentOf: { args: [id: Hex]; result: Hex };
    coverVersionOf: { args: [ids: readonly Hex[]]; result: number };
    domainSeparator: { args: []; result: Hex };
    eip712Domain: {
      args: [];
      result: [
        fields: Hex,
        name: string,
        version: string,
        chainId: bigint,
        verifyingContract: Hex,
        salt: Hex,
        extensions: readonly bigint[],
      ];
    };
    frameworkOf: { args: [id: Hex]; result: Hex };
    headOf: { args: [id: Hex]; result: Hex };
    members: { args: []; result: Hex };
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
      args: [id: Hex, member: number];
      result: {
        readonly kindsByBuyer: number;
        readonly kindsBySupplier: number;
        readonly untilByBuyer: number;
        readonly untilBySupplier: number;
        readonly entries: number;
      };
    };
    partiesInForce: { args: [ids: readonly Hex[]]; result: [buyer: number, supplier: number] };
    pendingCommitmentOf: { args: [id: Hex]; result: Hex };
    proxiableUUID: { args: []; result: Hex };
    receivables: { args: []; result: Hex };
  };
  ReceivableRegistry: {
    UPGRADE_INTERFACE_VERSION: { args: []; result: string };
    annex: { args: []; result: Hex };
    coverVersionOf: { args: [object: Hex]; result: number };
    domainSeparator: { args: []; result: Hex };
    eip712Domain: {
      args: [];
      result: [
        fields: Hex,
        name: string,
        version: string,
        chainId: bigint,
        verifyingContract: Hex,
        salt: Hex,
        extensions: readonly bigint[],
      ];
    };
    encumbranceOf: {
      args: [object: Hex];
      result: {
        readonly lender: Hex;
        readonly state: number;
        readonly kind: number;
        readonly noticeGiven: boolean;
        readonly disburseBy: number;
        readonly contested: boolean;
        readonly recourseCalled: boolean;
      };
    };
    members: { args: []; result: Hex };
    nonceUsed: { args: [signer: Hex, nonce: Hex]; result: boolean };
    orderOfTag: { args: [buyer: number, tag: Hex]; result: Hex };
    orders: { args: []; result: Hex };
    ordersOf: { args: [id: Hex]; result: readonly Hex[] };
    proxiableUUID: { args: []; result: Hex };
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
        readonly marks: number;
        readonly instalment: number;
        readonly instalments: number;
        readonly holder: Hex;
        readonly commitment: Hex;
        readonly head: Hex;
      };
    };
    receivableOfFingerprint: { args: [obligor: number, fingerprint: Hex]; result: Hex };
    receivableOfInstalment: { args: [obligor: number, fingerprint: Hex, instalment: number]; result: Hex };
    successorOf: { args: [id: Hex]; result: Hex };
    approve: { args: [arg0: Hex, arg1: bigint]; result: [] };
    balanceOf: { args: [owner: Hex]; result: bigint };
    getApproved: { args: [tokenId: bigint]; result: Hex };
    isApprovedForAll: { args: [arg0: Hex, arg1: Hex]; result: boolean };
    openEntryKind: { args: [id: Hex, index: number]; result: number };
    overrulableFrom: { args: [id: Hex]; result: number };
    ownerOf: { args: [tokenId: bigint]; result: Hex };
    parentOf: { args: [id: Hex]; result: Hex };
    requireOverrulable: { args: [id: Hex]; result: [] };
    setApprovalForAll: { args: [arg0: Hex, arg1: boolean]; result: [] };
    supportsInterface: { args: [interfaceId: Hex]; result: boolean };
    transferFrom: { args: [arg0: Hex, arg1: Hex, arg2: bigint]; result: [] };
  };
  AccessGrants: {
    UPGRADE_INTERFACE_VERSION: { args: []; result: string };
    domainSeparator: { args: []; result: Hex };
    eip712Domain: {
      args: [];
      result: [
        fields: Hex,
        name: string,
        version: string,
        chainId: bigint,
        verifyingContract: Hex,
        salt: Hex,
        extensions: readonly bigint[],
      ];
    };
    grantOf: {
      args: [id: Hex];
      result: { readonly maker: Hex; readonly madeAt: number; readonly revokedAt: number; readonly commitment: Hex };
    };
    members: { args: []; result: Hex };
    proxiableUUID: { args: []; result: Hex };
  };
  EvidenceAnchor: {
    UPGRADE_INTERFACE_VERSION: { args: []; result: string };
    domainSeparator: { args: []; result: Hex };
    eip712Domain: {
      args: [];
      result: [
        fields: Hex,
        name: string,
        version: string,
        chainId: bigint,
        verifyingContract: Hex,
        salt: Hex,
        extensions: readonly bigint[],
      ];
    };
    headOf: { args: [member: number, index: number]; result: Hex };
    members: { args: []; result: Hex };
    proves: { args: [member: number, index: number, root: Hex, leaf: Hex, proof: readonly Hex[]]; result: boolean };
    proxiableUUID: { args: []; result: Hex };
  };
}
