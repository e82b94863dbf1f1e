/** The value of a database user's secret. */
export interface UserLogin {
  readonly username: string;
  readonly password: string;
}

const suffix = "_clone";

/** The second of the two users that a rotation alternates between: `<user>_clone`. */
export const cloneOf = (user: string): string => `${user}${suffix}`;

/** The other one of the two: the clone of a user, or the user of a clone. */
export const otherUser = (user: string): string =>
  user.endsWith(suffix) ? user.slice(0, -suffix.length) : cloneOf(user);

/** The login in the text of a secret; undefined if there is none. Errors never quote the text. */
export function parseUserLogin(text: string): UserLogin | undefined {
  const { username, password } = parseObject(text);
  const complete = typeof username === "string" && typeof password === "string" && username !== "" && password !== "";
  return complete ? { username, password } : undefined;
}

function parseObject(text: string): { readonly username?: unknown; readonly password?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The parser's message would quote the secret.
    return {};
  }
}
