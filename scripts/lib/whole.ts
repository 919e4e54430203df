/** A whole number from 1 on, as it was given on a command line. Throws naming it by `what`: nothing given is no number either. */
export function whole(text: string, what: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${what} is a whole number, not '${text}'`);
  return number;
}
