/**
 * The texts of the elements of a JSON array, or of the lines of NDJSON, each as it was sent: parsing and printing would
 * change numbers. Text that is no array is one element. Whether each is JSON is for who parses it.
 */
export function splitJson(text: string, lines: boolean): string[] {
  if (lines) return text.split('\n').filter((line) => line.trim() !== '');
  const whole = text.trim();
  if (!whole.startsWith('[')) return whole === '' ? [] : [whole];
  return splitArray(whole).filter((element) => element.trim() !== '');
}

function splitArray(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let from = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth++;
    else if (character === '}') depth--;
    else if (depth === 1 && (character === ',' || character === ']')) {
      elements.push(text.slice(from, at));
      from = at + 1;
      if (character === ']') depth--;
    } else if (character === ']') depth--;
  }
  return elements;
}

/** Place of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
