import { UserError } from "../../errors";

/** One mistake in a configuration: where it is, what was received and what to do about it. */
export interface ConfigIssue {
  /** Dotted path from the root of the configuration, `services.orders.function.memoryMb`. */
  readonly path: string;
  /** `<what is wrong>; <what to do>` */
  readonly message: string;
  /** The value at the path, as short JSON; `(hidden)` if it may be a secret. */
  readonly received: string;
}

/** An invalid configuration: lists every mistake found, one line each. */
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
  return `  ${path || "(root)"}: ${message} (received ${received})`;
}

const hidden = /secret|password|passphrase|token|credential|(api|access|private)[-_]?key/i;
/** User and password in an address. */
const userInUrl = /\/\/[^/\s"@]*@/g;
const longest = 80;

/** A received value as short JSON for an error message; hidden if its path suggests a secret. */
export function showReceived(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return "nothing";
  if (path.some((part) => hidden.test(String(part)))) return "(hidden)";
  const full = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  const text = full.replace(userInUrl, "//(hidden)@");
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
