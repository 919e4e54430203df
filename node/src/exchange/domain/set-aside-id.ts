import { defineProblem } from '../../kernel/problem.js';

/** Which of the two tables, and which row: an envelope's own id is its sender's choice, and need not be unique here. */
export interface SetAsideKey {
  readonly direction: 'IN' | 'OUT';
  readonly seq: number;
}

export const envelopeNotSetAside = defineProblem({
  code: 'ENVELOPE_NOT_SET_ASIDE',
  status: 404,
  title: 'No envelope of this id is set aside',
});

/** The id by which the API names an envelope that is set aside: `in-7`, `out-12`. */
export function setAsideId({ direction, seq }: SetAsideKey): string {
  return `${direction.toLowerCase()}-${seq}`;
}

/** What {@link setAsideId} named. Throws ENVELOPE_NOT_SET_ASIDE. */
export function parseSetAsideId(id: string): SetAsideKey {
  const [, direction, seq] = /^(in|out)-([1-9]\d{0,14})$/.exec(id) ?? [];
  if (!direction) throw envelopeNotSetAside(`${JSON.stringify(id)} names none`, { id });
  return { direction: direction === 'in' ? 'IN' : 'OUT', seq: Number(seq) };
}
