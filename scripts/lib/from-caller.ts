import { resolve } from 'node:path';

/** Where a path of a command line leads: commands run in the project's folder, and what is named is meant from where the caller stands. */
export const fromCaller = (path: string, env: Readonly<Record<string, string | undefined>> = process.env): string =>
  resolve(env['INIT_CWD'] ?? '.', path);

/** The same of an option: what is not given is the project's own, in its folder. */
export const folderFrom = (given: string | undefined, own: string): string =>
  given === undefined ? own : fromCaller(given);

/** The same of a program, which is looked for in PATH unless it is named by a path. */
export const programFrom = (given: string | undefined): string | undefined =>
  given?.includes('/') ? fromCaller(given) : given;
