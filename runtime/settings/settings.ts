import type { Environment, Variable } from "../environment/environment.js";
import { errorName } from "../errors/error-name.js";
import { SingleFlight } from "../resilience/single-flight.js";
import type { SettingsSource, SettingTexts } from "./settings-source.js";

/** Which settings there are and how they are kept; times in milliseconds. */
export interface SettingsOptions<T extends Record<string, Variable<unknown>>> {
  /** Where they are read; without one, as in a service that is deployed without settings, the defaults apply. */
  readonly source?: SettingsSource;
  /** What each setting must look like, by its name: `{ "page-size": integer(1, 100).default(20) }`. */
  readonly settings: T;
  /** Age from which values are read again, behind the call that finds them old: 45 s by default. */
  readonly maxAgeMs?: number;
  /** Age from which a call waits for the new values, as after a long freeze: 5 minutes by default. */
  readonly maxStalenessMs?: number;
  /** Least time between two reads after one that failed: 5 s by default. */
  readonly retryIntervalMs?: number;
  /** Called when values cannot be read or used and the last ones stay, so that it can be logged. */
  readonly onProblem?: (error: SettingsError) => void;
  readonly now?: () => number;
}

/** Names every setting that is missing or unacceptable, or says that none could be read. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

interface Kept<T> {
  readonly values: T;
  readonly readAt: number;
}

/**
 * Plain settings for the life of the execution environment; create one at module scope. Values are checked when they are read;
 * concurrent callers share one read, and no timer runs, because Lambda freezes them.
 */
export class Settings<T extends Record<string, Variable<unknown>>> {
  private kept: Kept<Environment<T>> | undefined;
  private readonly reading = new SingleFlight<void>();
  private failing = false;
  private failedAt = Number.NEGATIVE_INFINITY;
  private readonly defaults: Environment<T> | undefined;
  private readonly maxAgeMs: number;
  private readonly maxStalenessMs: number;
  private readonly retryIntervalMs: number;
  private readonly now: () => number;

  /** @throws SettingsError when there is no source and a setting has no default */
  constructor(private readonly options: SettingsOptions<T>) {
    this.maxAgeMs = options.maxAgeMs ?? 45_000;
    this.maxStalenessMs = options.maxStalenessMs ?? 300_000;
    this.retryIntervalMs = options.retryIntervalMs ?? 5_000;
    this.now = options.now ?? Date.now;
    const withoutDefault = Object.values(options.settings).some(({ fallback }) => fallback === undefined);
    if (!options.source || !withoutDefault) this.defaults = valuesOf(options.settings, {});
  }

  /** Reads the settings ahead of the first call that needs them; it never rejects. */
  async load(): Promise<void> {
    await this.refresh().catch(() => undefined);
  }

  /** One setting. @throws SettingsError when nothing could be read yet and not every setting has a default */
  async get<Name extends keyof T>(name: Name): Promise<Environment<T>[Name]> {
    return (await this.all())[name];
  }

  /** All settings, of one moment. @throws SettingsError as `get` */
  async all(): Promise<Environment<T>> {
    const ageMs = this.kept ? this.now() - this.kept.readAt : Number.POSITIVE_INFINITY;
    if (ageMs >= this.maxAgeMs) {
      const reading = this.refresh();
      const usable = this.kept ?? this.defaults;
      // In the background of a call: what is a minute old is good enough for this one, and an outage must not slow each down.
      if (!usable || (ageMs >= this.maxStalenessMs && !this.failing)) await reading;
    }
    // Without defaults, a first read that fails has thrown.
    return this.kept?.values ?? (this.defaults as Environment<T>);
  }

  /** Reads once for all callers; a failure is thrown only where there are no values to use instead. */
  private refresh(): Promise<void> {
    const { source } = this.options;
    if (!source) return Promise.resolve();
    const usable = this.kept ?? this.defaults;
    if (!this.reading.isRunning && usable && this.now() - this.failedAt < this.retryIntervalMs)
      return Promise.resolve();
    return this.reading.run(() => this.read(source));
  }

  private async read(source: SettingsSource): Promise<void> {
    try {
      this.kept = { values: valuesOf(this.options.settings, await textsOf(source)), readAt: this.now() };
      this.failing = false;
    } catch (error) {
      this.failing = true;
      this.failedAt = this.now();
      if (!this.kept && !this.defaults) throw error;
      this.options.onProblem?.(error as SettingsError);
    }
  }
}

async function textsOf(source: SettingsSource): Promise<SettingTexts> {
  try {
    return await source();
  } catch (error) {
    const cause = errorName(error);
    throw new SettingsError(
      `Parameter Store did not give the settings (${cause}); check the function's permissions and network.`,
      { cause: error },
    );
  }
}

function valuesOf<T extends Record<string, Variable<unknown>>>(settings: T, texts: SettingTexts): Environment<T> {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([name, { expected, fallback, parse }]) => {
    const text = texts[name];
    const value = text === undefined ? fallback : parse(text);
    if (value === undefined) {
      problems.push(
        text === undefined
          ? `${name} is missing, it must be ${expected}`
          : `${name} must be ${expected}, not ${JSON.stringify(text.slice(0, 40))}`,
      );
    }
    return [name, value] as const;
  });
  if (problems.length === 0) return Object.freeze(Object.fromEntries(values)) as Environment<T>;
  throw new SettingsError(
    `${problems.length === 1 ? "A setting" : `${problems.length} settings`} cannot be used: ${problems.join("; ")}. Correct the parameters.`,
  );
}
