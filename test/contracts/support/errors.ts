import type { Interface } from 'ethers';
import { type Plain, plainValues } from './plain.js';

export interface Refusal {
  readonly name: string;
  readonly args: Record<string, Plain>;
}

interface RevertError extends Error {
  readonly data?: unknown;
}

/** The custom error with which `act` was refused, from any of the interfaces. Throws when it was not, or by something else. */
export async function refusalOf(act: () => Promise<unknown>, interfaces: readonly Interface[]): Promise<Refusal> {
  let done: unknown;
  try {
    done = await act();
  } catch (error) {
    const { data, message } = error as RevertError;
    if (typeof data !== 'string') throw error;
    for (const each of interfaces) {
      const parsed = each.parseError(data);
      if (parsed) return { name: parsed.name, args: plainValues(parsed.fragment.inputs, parsed.args) };
    }
    throw new Error(`refused by an unknown error ${data}: ${message}`, { cause: error });
  }
  throw new Error(`was not refused: ${String(done)}`);
}
