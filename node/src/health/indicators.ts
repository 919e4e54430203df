import { Injectable, Logger } from '@nestjs/common';

/** Resolves, with facts if there are any, when the part works; rejects when it does not. */
export type Indicator = () => Promise<Readonly<Record<string, unknown>> | void>;

export interface IndicatorResult {
  readonly status: 'up' | 'down';
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** An indicator that takes longer counts as down. */
const TIMEOUT_MS = 3000;

/** The parts without which this process cannot do its work. Rooms add theirs: `chain`, `index`. */
@Injectable()
export class HealthIndicators {
  private readonly logger = new Logger(HealthIndicators.name);
  private readonly indicators = new Map<string, Indicator>();

  add(name: string, indicator: Indicator): void {
    if (this.indicators.has(name)) throw new Error(`health indicator ${name} is there twice`);
    this.indicators.set(name, indicator);
  }

  /** Asks all at once. */
  async check(): Promise<Record<string, IndicatorResult>> {
    const results = [...this.indicators].map(
      async ([name, indicator]) => [name, await this.ask(name, indicator)] as const,
    );
    return Object.fromEntries(await Promise.all(results));
  }

  private async ask(name: string, indicator: Indicator): Promise<IndicatorResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
    });
    try {
      const facts = await Promise.race([indicator(), late]);
      return facts ? { status: 'up', facts } : { status: 'up' };
    } catch (error) {
      this.logger.warn({ err: error, indicator: name }, 'a health indicator is down');
      return { status: 'down' };
    } finally {
      clearTimeout(timer);
    }
  }
}
