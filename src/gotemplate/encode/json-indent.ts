/** Reflows compact JSON as Go's `json.MarshalIndent(v, "", indent)` lays it out. */
export function indentJson(json: string, indent: string): string {
  let out = '';
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const character = json.charAt(i);
    switch (character) {
      case '"': {
        const end = endOfString(json, i);
        out += json.slice(i, end);
        i = end - 1;
        break;
      }
      case '{':
      case '[': {
        const closing = json.charAt(i + 1);
        if (closing === '}' || closing === ']') {
          out += character + closing;
          i++;
        } else {
          depth++;
          out += `${character}\n${indent.repeat(depth)}`;
        }
        break;
      }
      case '}':
      case ']':
        depth--;
        out += `\n${indent.repeat(depth)}${character}`;
        break;
      case ',':
        out += `,\n${indent.repeat(depth)}`;
        break;
      case ':':
        out += ': ';
        break;
      default:
        out += character;
    }
  }
  return out;
}

/** Index after the closing quote of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json.charCodeAt(i) !== 0x22) i += json.charCodeAt(i) === 0x5c ? 2 : 1;
  return i + 1;
}
