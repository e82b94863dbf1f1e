import { authorizationForm, dottedForms, textForms, wordForms } from "./forms";
import { isSecretName, isSuspiciousName } from "./names";

/**
 * What secret a text holds, by its form alone: `a key of Stripe`; undefined for one that has no such form. It takes linear
 * time in the length of the text.
 */
export function secretForm(text: string): string | undefined {
  // Shorter than any of the forms.
  if (text.length < 8) return undefined;
  for (const { what, pattern } of textForms) if (pattern.test(text)) return what;
  for (const word of text.split(/[^\w-]+/)) {
    if (word.length < 14) continue;
    for (const { what, pattern } of wordForms) if (pattern.test(word)) return what;
  }
  for (const word of text.split(/[^\w.-]+/)) {
    if (word.length < 14) continue;
    for (const { what, pattern } of dottedForms) if (pattern.test(word)) return what;
  }
  for (const [, value = ""] of text.matchAll(authorizationForm)) if (isRandom(value)) return "an authorization header";
  return undefined;
}

/**
 * What secret a text is that stands under a name: by its form, or because the name suggests a secret and the text is of many
 * different characters; undefined for any other.
 */
export function secretUnder(name: string, text: string): string | undefined {
  const found = secretForm(text);
  if (found !== undefined) return found;
  return isSuspiciousName(name) && isRandom(text) ? "a key or a password" : undefined;
}

/**
 * Whether a text under a name that a user has chosen is a secret: by name, whatever the text is, or by the text. An ARN, a
 * switch or a number is none.
 */
export function isSecret(name: string, text: string): boolean {
  if (secretUnder(name, text) !== undefined) return true;
  return isSecretName(name) && !/^(?:arn:[\s\S]*|true|false|\d{1,3}|)$/.test(text);
}

/** Shortest text that is taken for random characters. */
const shortest = 16;

/** Whether a text is one word of many different characters, as keys in hexadecimal or base64 are. */
function isRandom(text: string): boolean {
  if (text.length < shortest || text.length > 4096) return false;
  if (!/^[\w+/=.~!@#%^&*-]+$/.test(text)) return false;
  if (/^arn:|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return false;
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  // Words and numbers joined by dots, slashes or hyphens are names: `orders-2024.example.com`, `v1/orders`.
  if (text.split(/[-./_]/).every((part) => /^[A-Za-z]*\d{0,4}$/.test(part))) return false;
  const hexadecimal = /^[0-9a-f]+$/i.test(text);
  return entropy(text) >= (hexadecimal ? 3 : 3.5);
}

/** Shannon's entropy of the characters of a text, in bits for each. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
