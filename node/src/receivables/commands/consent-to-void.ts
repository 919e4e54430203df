import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { NO_SUCCESSOR, RESERVING_ACTS, voidDetails } from '../domain/consent-details.js';
import type { EncumbranceState } from '../domain/states.js';
import { requireAct } from '../domain/require-act.js';
import { Submissions } from '../../submissions/index.js';
import type { Receivable } from '../domain/receivable.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { Receivables } from '../queries/receivables.js';
import { GivenConsents } from '../storage/given-consents.js';
import { LenderVoidConsents } from '../storage/lender-void-consents.js';
import { ConsentDesk } from './consent-desk.js';
import type { VoidConsentBody } from './envelopes.js';
import { StandingConsents } from './standing-consents.js';
import { VoidConsentCheck } from './void-consent-check.js';

const CONSENT_SECONDS = 30 * 86_400;

/**
 * The holder consents that its receivable be voided; the obligor's node is sent the consent, with those of lenders whose claims on
 * its orders reach it, and may then void it.
 */
@Injectable()
export class ConsentToVoid {
  constructor(
    private readonly receivables: Receivables,
    private readonly keyring: Keyring,
    private readonly consents: ConsentDesk,
    private readonly given: GivenConsents,
    private readonly standing: StandingConsents,
    private readonly lenders: LenderVoidConsents,
    private readonly check: VoidConsentCheck,
    private readonly submissions: Submissions,
    private readonly sources: LineageSources,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * One in favour of another successor, or of none, is good no more then. Refuses with CONSENT_WRONG_SIGNER when this member is not
   * the holder, RECEIVABLE_INVALID_TRANSITION for what has ended, RECEIVABLE_ALREADY_ENCUMBERED while a lender has a claim on it, an
   * agreement to one is on its way, or one that the chain refused was not withdrawn: the consent would outlive the financing (ADR 0056).
   */
  async run(id: Hex, successor: Hex = NO_SUCCESSOR): Promise<void> {
    const receivable = await this.receivables.get(id);
    requireAct(receivable, 'void', receivable.obligor);
    const holder = this.keyring.oneTime(id);
    if (holder.address !== receivable.holder) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('this member does not hold the receivable', { receivable: id });
    }
    await this.given.lock(id);
    await this.requireNotFinanced(receivable);
    await this.standing.takeBack({ object: id, act: 'VOID' }, ({ regarding }) => regarding !== successor);
    const consent = await this.consents.give(
      holder,
      { object: id, act: 'VOID', details: voidDetails(id, successor) },
      {
        deadline: this.head.current().timestamp + CONSENT_SECONDS,
        coverVersion: await this.receivables.coverVersion(receivable),
      },
    );
    await this.given.keep({ object: id, act: 'VOID', regarding: successor, ...consent });
    const lenders = await this.check.running(receivable, await this.lenders.of(id, successor));
    const body = { successor, consent, lenders } satisfies VoidConsentBody;
    await this.exchange.send({ to: receivable.obligor, type: 'receivable.void-consent', object: id, body });
  }

  /** What is on its way is asked for before the index, which has it once it is that no more. */
  private async requireNotFinanced({ id }: Receivable): Promise<void> {
    for (const act of [...RESERVING_ACTS, 'revokeReserveConsent']) {
      const [underWay] = await this.submissions.underWay(act, [id]);
      if (underWay) throw encumbered('an agreement with a lender, or its end, is on its way', id, 'RESERVED');
    }
    const claim = await this.receivables.encumbranceOn(id);
    if (claim) throw encumbered(`it is ${claim.state} to a lender`, id, claim.state);
    const agreed = await this.given.regarded({ object: id, act: 'RESERVE' }, this.head.current().timestamp);
    const [inVain] = await this.sources.agreedInVain(agreed);
    if (inVain)
      throw encumbered(`what was agreed to in financing ${inVain} can come to pass: withdraw it first`, id, 'NONE');
  }
}

const encumbered = (detail: string, receivable: Hex, state: EncumbranceState) =>
  CONTRACT_PROBLEMS.ReceivableAlreadyEncumbered(detail, { receivable, state });
