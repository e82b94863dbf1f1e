import type { SettingsSource } from "../settings/settings-source.js";
import type { Fault } from "./fault-setting.js";

/** What injecting faults needs; times in milliseconds. */
export interface FaultsOptions {
  /** Where the setting `faults` is read. */
  readonly source: SettingsSource;
  /** The longest time for which faults may be on. */
  readonly longestMinutes: number;
  /** Called for each fault that is injected, so that it can be logged. A metric is written in any case. */
  readonly onInjected?: (fault: Fault) => void;
  /** Called when the setting cannot be read, or is wrong. */
  readonly onProblem?: (error: Error) => void;
  /** Age from which the setting is read again: 45 s by default. */
  readonly maxAgeMs?: number;
  /** From 0 to 1; for tests. */
  readonly random?: () => number;
  /** For tests. */
  readonly now?: () => number;
}

/** The part of a client of the AWS SDK that sends its requests. */
export interface Sender {
  handle(request: never, sending?: { readonly abortSignal?: unknown }): Promise<unknown>;
  httpHandlerConfigs?(): { readonly requestTimeout?: number };
  /** The same before the first request, which is when the handler reads its own. */
  readonly configProvider?: Promise<{ readonly requestTimeout?: number }>;
}

/** What injects the faults of one setting, from one time to another, in milliseconds since 1970. */
export interface Injection {
  readonly beginsAt: number;
  readonly endsAt: number;
  handler<E, C, R>(handler: (event: E, context: C) => Promise<R>, event: E, context: C): Promise<R>;
  call(at: string, call: () => Promise<unknown>): Promise<unknown>;
  awsRequest(
    at: string,
    sender: Sender,
    handle: Sender["handle"],
    request: never,
    sending: Parameters<Sender["handle"]>[1],
  ): Promise<unknown>;
  fetch(at: string, send: typeof fetch, ...args: Parameters<typeof fetch>): Promise<Response>;
}
