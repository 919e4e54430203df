import { Injectable } from '@nestjs/common';
import { Keyring } from '../../../chain/index.js';
import { Exchange } from '../../../exchange/index.js';
import { written } from '../../domain/split/split.js';
import { splitDetails } from '../../domain/split/part-id.js';
import { requireSplitAct } from '../../domain/split/states.js';
import { Receivables } from '../../queries/receivables.js';
import type { SplitPosition } from '../../queries/splits.js';
import { PartHolders } from '../../storage/part-holders.js';
import { SplitStore } from '../../storage/split.store.js';
import { ConsentDesk } from '../consent-desk.js';
import type { SplitRequestBody } from './envelopes.js';

/** The holder signs the whole, once each new holder has accepted its part, and asks the obligor to sign too. */
@Injectable()
export class RequestCosignature {
  constructor(
    private readonly receivables: Receivables,
    private readonly keyring: Keyring,
    private readonly consents: ConsentDesk,
    private readonly store: SplitStore,
    private readonly holders: PartHolders,
    private readonly exchange: Exchange,
  ) {}

  /** Does nothing while somebody's answer is awaited; within the current unit of work. */
  async runOnceAccepted({ split, status }: SplitPosition): Promise<void> {
    const accepted = split.parts.flatMap(({ certificate, acceptance, ...part }) =>
      certificate && acceptance ? [{ ...part, certificate, acceptance }] : [],
    );
    if (accepted.length < split.parts.length) return;
    const { id, receivable: object, expiresAt, coverVersion } = split;
    requireSplitAct('request', status, id);
    const { obligor } = await this.receivables.get(object);
    const hashed = accepted.map(({ receivable, certificate, root }) => {
      return { receivable, holder: certificate.account, root };
    });
    const consent = await this.consents.give(
      this.keyring.oneTime(object),
      { object, act: 'SPLIT', details: splitDetails(object, hashed) },
      { deadline: expiresAt, coverVersion },
    );
    await this.store.change(id, { status: 'REQUESTED', consent });
    for (const { receivable, holder, certificate } of accepted) {
      await this.holders.keep(receivable, certificate.account, holder);
    }
    const parts = written(accepted).map(({ terms, seed, certificate, acceptance }) => {
      return { content: { ...terms }, seed, certificate, acceptance };
    });
    const body = { split: id, consent, parts } satisfies SplitRequestBody;
    await this.exchange.send({ to: obligor, type: 'split.request', object, body });
  }
}
