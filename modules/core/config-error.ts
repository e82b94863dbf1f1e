import { UserError } from "../../errors";

/** One mistake in a configuration: where it is, what was received and what to do about it. */
export interface ConfigIssue {
  /** Dotted path from the root of the configuration, `services.orders.function.memoryMb`. */
  readonly path: string;
  /** What is wrong and what to do: `<what is wrong>; <what to do>`. */
  readonly message: string;
  /** The value found at the path, as short JSON; a value that may be a secret reads `(hidden)`. */
  readonly received: string;
}

/** Refused configuration: carries every mistake found, and prints one line for each. */
export class ConfigError extends UserError {
  override readonly name = "ConfigError";

  constructor(
    /** The file, environment or construct path that was checked. */
    readonly subject: string,
    readonly issues: readonly ConfigIssue[],
  ) {
    const count = issues.length === 1 ? "1 mistake" : `${issues.length} mistakes`;
    super([`${subject}: ${count}`, ...issues.map(formatIssue)].join("\n"));
  }
}

function formatIssue({ path, message, received }: ConfigIssue): string {
  return `  ${path || "(the whole)"}: ${message} (received ${received})`;
}

const hidden = /secret|password|passphrase|token|credential|(api|access|private)[-_]?key/i;
const longest = 80;

/** Short JSON of a received value for an error message; hidden when its path names a secret. */
export function showReceived(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return "nothing";
  if (path.some((part) => hidden.test(String(part)))) return "(hidden)";
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
