/** One line of the bench. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  /** Ours to the peer's where more is better, the peer's to ours where less is: above 1 is always better than the peer. */
  readonly ratio?: number;
  /** Least ratio, or with no peer the most (gas, seconds, megabytes) or least (rates) value, that the design asks for. */
  readonly floor?: number;
  /** What was on and off, how often it ran. */
  readonly note?: string;
}

/** A measurement: the results' names are known before it runs, so that one can be chosen. */
export interface Measurement {
  readonly names: readonly string[];
  run(say: (text: string) => void): Promise<Result[]>;
}

export function against(peer: string, value: number, peerValue: number): Pick<Result, 'peer' | 'peerValue' | 'ratio'> {
  return { peer, peerValue, ratio: value / peerValue };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How far rounds were apart, for a note. */
export const spread = (values: readonly number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `rounds ±${Math.round((50 * (most - least)) / median(values))} %`;
};
