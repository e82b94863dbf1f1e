/** The last words of names whose values are secrets, without what separates the words. */
const secretEndings =
  /(?:secrets?|passwords?|passwd|passphrase|pwd|credentials?|token|privatekey|signingkey|encryptionkey|masterkey|apikey|accesskey|authkey|(?:secret|password|passwd|pwd|token|key|credential)value)$/;

/** Short words count only if they stand alone: `DB_PASS`, not `bypass`. */
const secretWords: ReadonlySet<string> = new Set(["pass", "pw", "creds", "apikey"]);

/** Words of names that make a text of many different characters suspicious. */
const suspicious = /secret|passw|pwd|passphrase|credential|token|apikey|key|auth|signature|salt|hmac|bearer|cookie/;

/** The last words of names whose values name or describe something: `SECRET_NAME`, `TOKEN_URL`, `KEY_PREFIX`. */
const namesSomething: ReadonlySet<string> = new Set(
  "name names id ids arn arns url uri path paths prefix suffix file folder host hostname domain issuer audience ttl seconds ms days length size count type version algorithm format policy region bucket variable header headers pattern source sources address mount role field attribute digest sha256 image fingerprint thumbprint endpoint description".split(
    " ",
  ),
);

/** The words of a name in any spelling: `dbPassword`, `DB_PASSWORD` and `db-password` have two. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** Whether a name says that its value is a secret: `DB_PWD`, `stripe-secret`, not `SECRET_ARN` or `TOKEN_URL`. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  if (words.includes("public")) return false;
  return secretWords.has(words.at(-1) ?? "") || secretEndings.test(words.join(""));
}

/** Whether a text under this name may be a secret if it looks like one: `cacheKey`, not `kmsKeyArn`. */
export function isSuspiciousName(name: string): boolean {
  const words = wordsOf(name);
  if (words.includes("public") || namesSomething.has(words.at(-1) ?? "")) return false;
  return suspicious.test(words.join(""));
}
