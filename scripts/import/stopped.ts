/** Why an import cannot go on. What was posted stays posted; run again, it goes on from there. */
export class ImportStopped extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
