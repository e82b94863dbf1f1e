import { integer, readEnvironment, string } from "../environment/environment.js";
import { Settings } from "../settings/settings.js";
import { parameterStoreSource } from "../settings/settings-source.js";
import { isWarmingCall } from "../warming/warming-call.js";
import type { FaultsOptions, Injection, Sender } from "./fault-options.js";

/** A function that calls a dependency. */
// biome-ignore lint/suspicious/noExplicitAny: any arguments, which are passed on as they are
type AsyncFunction = (...args: any[]) => Promise<unknown>;

/** A Lambda handler that returns a promise. */
type Handler<E, C, R> = (event: E, context: C) => Promise<R>;

/** A client of the AWS SDK, or one that shares its configuration, such as a document client. */
export interface AwsClient {
  readonly config: { readonly requestHandler: object };
}

/** Wraps a handler and its dependencies, so that faults can be injected into them. */
export interface Faults {
  /** The handler of the function, with faults `at: "handler"`. To be the outermost wrapper; warming calls pass it. */
  handler<E, C, R>(handler: Handler<E, C, R>): Handler<E, C, R>;
  /**
   * A function that calls a dependency, with faults at its name.
   * @param at kebab-case; what faults name the dependency by
   */
  call<F extends AsyncFunction>(at: string, call: F): F;
  /** Some methods of a client, with faults at its name. The object itself is changed, and returned. */
  methods<T extends object>(at: string, client: T, ...names: readonly (keyof T & string)[]): T;
  /**
   * A client of the AWS SDK, with faults in each request, so inside of its retries. The client itself is changed, and
   * returned.
   */
  awsClient<C extends AwsClient>(at: string, client: C): C;
  /** `fetch`, with faults at the name of who is asked. */
  fetch(at: string, send?: typeof fetch): typeof fetch;
}

/** Faults where the environment has none: everything stays what it is. */
export const noFaults: Faults = {
  handler: (handler) => handler,
  call: (_at, call) => call,
  methods: (_at, client) => client,
  awsClient: (_at, client) => client,
  fetch: (_at, send = fetch) => send,
};

/**
 * Faults as the function was deployed with: where `CHAOS_SETTINGS_PATH` is set, which is only so in environments that opted in, and
 * otherwise {@link noFaults}, which wraps nothing. Call it at module scope.
 */
export function faultsFromEnvironment(
  options: Pick<FaultsOptions, "onInjected" | "onProblem"> = {},
  source: Readonly<Record<string, string | undefined>> = process.env,
): Faults {
  if (!source.CHAOS_SETTINGS_PATH) return noFaults;
  const environment = readEnvironment(
    { AWS_REGION: string(), CHAOS_SETTINGS_PATH: string(), CHAOS_LONGEST_MINUTES: integer(1, 1440).default(60) },
    source,
  );
  return createFaults({
    ...options,
    source: parameterStoreSource({ path: environment.CHAOS_SETTINGS_PATH, region: environment.AWS_REGION }),
    longestMinutes: environment.CHAOS_LONGEST_MINUTES,
  });
}

/** Faults that a setting switches; create them once per execution environment. */
export function createFaults(options: FaultsOptions): Faults {
  const switched = new Switch(options);
  return {
    handler: (handler) => (event, context) => {
      // What keeps the environment warm is no request: it would count faults that nobody asked for, and be told to be cold.
      if (isWarmingCall(event)) return handler(event, context);
      switched.look();
      const injection = switched.on();
      return injection ? injection.handler(handler, event, context) : handler(event, context);
    },
    call: (at, call) => wrapped(switched, at, call),
    methods: (at, client, ...names) => {
      const record = client as Record<string, AsyncFunction>;
      for (const name of names) record[name] = wrapped(switched, at, (record[name] as AsyncFunction).bind(client));
      return client;
    },
    awsClient: (at, client) => {
      const sender = client.config.requestHandler as Sender;
      const handle = sender.handle.bind(sender);
      sender.handle = (request, sending) => {
        const injection = switched.on();
        return injection ? injection.awsRequest(at, sender, handle, request, sending) : handle(request, sending);
      };
      return client;
    },
    fetch:
      (at, send = fetch) =>
      (input, init) => {
        const injection = switched.on();
        return injection ? injection.fetch(at, send, input, init) : send(input, init);
      },
  };
}

function wrapped<F extends AsyncFunction>(switched: Switch, at: string, call: F): F {
  return ((...args) => {
    const injection = switched.on();
    return injection ? injection.call(at, () => call(...args)) : call(...args);
  }) as F;
}

/** Follows the setting. What injects is loaded when it is first switched on. */
class Switch {
  private readonly settings: Settings<{ faults: ReturnType<typeof string> }>;
  private readonly now: () => number;
  private injection: Injection | undefined;
  private text = "off";
  private isFirst = true;

  constructor(private readonly options: FaultsOptions) {
    this.now = options.now ?? Date.now;
    this.settings = new Settings({
      source: options.source,
      settings: { faults: string().default("off") },
      maxAgeMs: options.maxAgeMs,
      onProblem: options.onProblem,
      now: options.now,
    });
  }

  /** What injects now, if anything does. */
  on(): Injection | undefined {
    if (this.injection === undefined) return undefined;
    const now = this.now();
    return now >= this.injection.beginsAt && now < this.injection.endsAt ? this.injection : undefined;
  }

  /** Reads the setting behind an invocation; not behind the first one, whose cold start would pay for the client. */
  look(): void {
    if (this.isFirst) {
      this.isFirst = false;
      return;
    }
    this.settings.get("faults").then(
      (text) => this.use(text),
      () => undefined,
    );
  }

  private use(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.injection = undefined;
    if (text === "off") return;
    this.load(text).catch((error: Error) => {
      // It is tried again when the setting is next looked at, unless the setting itself is wrong.
      if (error.name !== "FaultSettingError") this.text = "off";
      this.options.onProblem?.(error);
    });
  }

  private async load(text: string): Promise<void> {
    const { createInjection } = await import("./injection.js");
    const injection = createInjection(text, this.options);
    if (this.text === text) this.injection = injection;
  }
}
