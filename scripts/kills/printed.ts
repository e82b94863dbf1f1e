/** What an apply has begun, in order: `prod-keys: aws_kms_key.orders`. */
export const begunIn = (printed: string): readonly string[] => printed.match(/^\S+: (aws_|terraform_data)\S+$/gm) ?? [];

/** Commands that release locks, as messages name them, with environment and stack. */
export const unlocksIn = (printed: string): readonly RegExpMatchArray[] => [
  ...printed.matchAll(/evenkeel unlock (\S+) (\S+)/g),
];

/** Commands that store a state that could not be stored, with their folder. */
export const pushesIn = (printed: string): readonly RegExpMatchArray[] => [
  ...printed.matchAll(/terraform (-chdir=\S+) state push errored\.tfstate/g),
];
