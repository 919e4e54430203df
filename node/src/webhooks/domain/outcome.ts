/** How an attempt to send one event ended. */
export type Outcome =
  | { readonly delivered: true; readonly httpStatus: number }
  | {
      readonly delivered: false;
      /** undefined when there was no answer */
      readonly httpStatus?: number;
      /** for people to read */
      readonly error: string;
      /** the receiver said that it wants nothing more (410) */
      readonly gone?: boolean;
    };

export type Failure = Extract<Outcome, { delivered: false }>;
