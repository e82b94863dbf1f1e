import { KeyRotationError } from "./rotation-error.js";

/** A key that the function may rotate. */
export interface WatchedKey {
  /** Name of its alias, without `alias/`: what events name it by, and the dimension of its metrics. */
  readonly name: string;
  /** ARN of the primary key, in the function's region. */
  readonly arn: string;
}

/** The keys of `KEYS`: `<name>=<ARN>`, with spaces between. @throws KeyRotationError for anything else */
export function readKeys(text: string): readonly WatchedKey[] {
  return text.split(" ").map((entry) => {
    const [, name, arn] = /^([\w/-]+)=(arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+)$/.exec(entry) ?? [];
    if (name === undefined || arn === undefined) {
      throw new KeyRotationError("KEYS is not a list of keys", "write <name>=<ARN>, with spaces between");
    }
    return { name, arn };
  });
}
