import { isSecretName, secretUnder } from "../../values/secrets";

/** Characters of a received value that are shown. */
const longest = 80;
/** Characters of one name in a path. */
const longestName = 150;

const hidden = /secret|password|passphrase|token|credential|(api|access|private)[-_]?key/i;

/** A received value as short JSON for an error message; hidden if it or its path suggests a secret. */
export function showReceived(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return "nothing";
  if (path.some((part) => hidesValue(String(part)))) return "(hidden)";
  const name = String(path.findLast((part) => typeof part === "string") ?? "");
  const text = preview(value, name, longest + 1);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** `services[0].function.memoryMb`, with names that are long or cannot be printed shortened. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    const name = showName(String(part));
    return text ? `${text}.${name}` : name;
  }, "");
}

/** A name as it is shown in a message: on one line, short, and hidden if it is a secret itself. */
export function showName(name: string): string {
  if (name !== "" && secretUnder("", name.slice(0, 1024)) !== undefined) return "(hidden)";
  const short = name.length > longestName ? `${name.slice(0, longestName)}...` : name;
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(short) ? JSON.stringify(short) : short;
}

const hidesValue = (name: string): boolean => hidden.test(name.slice(0, 200)) || isSecretName(name);

/** JSON of a value, written only until it is long enough; a getter or proxy that throws is shown as such. */
function preview(value: unknown, name: string, room: number): string {
  switch (typeof value) {
    case "string":
      return secretUnder(name, value.slice(0, 4096)) === undefined ? quoted(value, room) : "(hidden)";
    case "bigint":
      return `${String(value).slice(0, room)}n`;
    case "object":
      if (value === null) return "null";
      try {
        return Array.isArray(value) ? list(value, name, room) : object(value, room);
      } catch {
        return "an object that throws";
      }
    default:
      return typeof value === "function" ? "a function" : String(value);
  }
}

function quoted(text: string, room: number): string {
  const short = JSON.stringify(text.slice(0, room));
  return text.length > room ? short.slice(0, -1) : short;
}

function list(values: readonly unknown[], name: string, room: number): string {
  let text = "[";
  for (let index = 0; index < values.length; index++) {
    if (text.length >= room) return text;
    text += `${index > 0 ? "," : ""}${preview(values[index], name, room - text.length)}`;
  }
  return `${text}]`;
}

function object(value: object, room: number): string {
  if (value instanceof Date) return JSON.stringify(value);
  let text = "{";
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    if (text.length >= room) return text;
    const inner = (value as Record<string, unknown>)[key];
    if (inner === undefined) continue;
    const shown = hidesValue(key) && typeof inner === "string" ? "(hidden)" : preview(inner, key, room - text.length);
    text += `${text === "{" ? "" : ","}${quoted(key, 40)}:${shown}`;
  }
  return `${text}}`;
}
