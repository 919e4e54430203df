/** Does it for each, one after another. What fails holds up none of the others: it is thrown once all were tried, several as an AggregateError. */
export async function eachInTurn<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const faults: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 1) throw new AggregateError(faults, `${faults.length} of them failed`);
  if (faults.length === 1) throw faults[0];
}
