/** Fields of a committed document by their pointers: all of them, or those that were disclosed. */
export type DocumentFields = ReadonlyMap<string, string>;
