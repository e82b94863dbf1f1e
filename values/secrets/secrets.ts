import { authorizationForm, dottedForms, textForms, wordForms } from "./forms";
import { isSecretName, isSuspiciousName } from "./names";

/**
 * What secret a text holds, by its form alone: `a key of Stripe`; undefined for one that has no such form. It takes linear
 * time in the length of the text.
 */
export function secretForm(text: string): string | undefined {
  // Shorter than any of the forms.
  if (text.length < 8 || harmless.has(text)) return undefined;
  const form = searchedForm(text);
  if (form === undefined && text.length <= longestKept && harmless.size < mostKept) harmless.add(text);
  return form;
}

/** Texts that hold no secret: the same names stand in many places, and each is read several times. */
const harmless = new Set<string>();
const longestKept = 256;
const mostKept = 10_000;

function searchedForm(text: string): string | undefined {
  for (const { what, pattern } of textForms) if (pattern.test(text)) return what;
  for (const word of text.split(/[^\w-]+/)) {
    if (word.length < 14) continue;
    for (const { what, pattern } of wordForms) if (pattern.test(word)) return what;
  }
  for (const word of text.split(/[^\w.-]+/)) {
    if (word.length < 14) continue;
    for (const { what, pattern } of dottedForms) if (pattern.test(word)) return what;
  }
  // The other half of an access key has no prefix.
  const words = publicBlock.test(text) ? [] : text.split(/[^A-Za-z0-9/+]+/);
  if (words.some(isSecretAccessKey)) return "a secret access key of AWS";
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

/** What is written as lines of base64, whose last one has any length. */
const publicBlock = /-----BEGIN [A-Z0-9 ]{0,40}(?:CERTIFICATE|PUBLIC KEY|SIGNATURE|MESSAGE|CRL|REQUEST)/;

/** Shortest text that is taken for random characters. */
const shortest = 16;

/** Whether a text is one word of many different characters, as keys in hexadecimal or base64 are. */
function isRandom(text: string): boolean {
  if (text.length < shortest || text.length > 4096) return false;
  if (!/^[\w+/=.~!@#%^&*-]+$/.test(text)) return false;
  // Ids of AWS: sg-0123456789abcdef0.
  if (/^[a-z]{1,12}-[0-9a-f]{8,17}$/.test(text)) return false;
  if (/^arn:|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return false;
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  // Words and numbers joined by dots, slashes or hyphens are names: `orders-2024.example.com`, `v1/orders`.
  if (text.split(/[-./_]/).every((part) => /^[A-Za-z]*\d{0,4}$/.test(part))) return false;
  const hexadecimal = /^[0-9a-f]+$/i.test(text);
  return entropy(text) >= (hexadecimal ? 3 : 3.5);
}

/**
 * Whether a word is a secret access key of AWS by chance: 40 characters of base64, of all kinds and evenly mixed, as neither hashes in
 * hexadecimal nor paths and names are.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
function isSecretAccessKey(word: string): boolean {
  if (word.length !== 40) return false;
  const count = (kind: RegExp) => word.match(kind)?.length ?? 0;
  if (count(/[A-Z]/g) < 8 || count(/[a-z]/g) < 8 || count(/\d/g) < 1) return false;
  // Words have few changes from capitals to small letters and back.
  return count(/[a-z](?=[A-Z0-9/+])|[A-Z0-9/+](?=[a-z])/g) >= 10 && entropy(word) >= 4.3;
}

/** Shannon's entropy of the characters of a text, in bits for each. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
