/** What moves a terminal's cursor or turns its text about: control characters, line breaks, marks of direction. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A line with text of a stranger's in it, as one line that a terminal shows as it stands. */
export const printable = (line: string): string => line.replace(UNPRINTABLE, ' ');

/** JSON to read or to show: what a terminal would take for a command is in it as its escape. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replace(UNPRINTABLE, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('\n');
