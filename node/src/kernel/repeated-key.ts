/**
 * A key that an object of this JSON text has twice, keys inside a member of the name `aside` left out; undefined when there is
 * none. Beware: the text must be JSON.
 */
export function repeatedKey(text: string, aside?: string): string | undefined {
  /** Of each value that is open: the keys so far, or null for an array. */
  const open: (Set<string> | null)[] = [];
  let inDocument: number | undefined;
  let keyNext = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      const looked = inDocument === undefined || open.length <= inDocument;
      if (keyNext && keys && looked) {
        const key = JSON.parse(text.slice(at, end + 1)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
        inDocument = key === aside && open.length <= 2 ? open.length : undefined;
      }
      at = end;
    } else if (character === '{' || character === '[') {
      keyNext = character === '{';
      open.push(keyNext ? new Set() : null);
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ',') keyNext = open.at(-1) !== null;
    else if (character === ':') keyNext = false;
  }
  return undefined;
}

/** Place of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
}
