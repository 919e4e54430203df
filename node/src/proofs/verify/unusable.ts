/** Input that is no bundle or no trust file at all: nothing can be judged (exit code 2). */
export class Unusable extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Unusable';
  }
}
