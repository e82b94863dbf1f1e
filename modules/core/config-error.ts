import { UserError } from "../../errors";

export { showReceived } from "./received";

/** One mistake in a configuration: where it is, what was received and what to do about it. */
export interface ConfigIssue {
  /** Dotted path from the root of the configuration, `services.orders.function.memoryMb`. */
  readonly path: string;
  /** `<what is wrong>; <what to do>` */
  readonly message: string;
  /** The value at the path, as short JSON; `(hidden)` if it may be a secret. */
  readonly received: string;
}

/** How many mistakes the message of an error lists. */
const mostListed = 50;

/** An invalid configuration: lists the mistakes found, one line each, up to 50. */
export class ConfigError extends UserError {
  override readonly name = "ConfigError";

  constructor(
    /** The file, environment or construct path that was checked. */
    readonly subject: string,
    /** Every mistake. */
    readonly issues: readonly ConfigIssue[],
  ) {
    const count = issues.length === 1 ? "1 mistake" : `${issues.length} mistakes`;
    const more = issues.length - mostListed;
    const lines = issues.slice(0, mostListed).map(formatIssue);
    super([`${subject}: ${count}`, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n"));
  }
}

function formatIssue({ path, message, received }: ConfigIssue): string {
  return `  ${path || "(root)"}: ${message} (received ${received})`;
}
