import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { codeName } from "../environment/code-name.js";
import { abortedBy, invocationTime, type RemainingTime } from "../invocation/time.js";
import { metricLine, writeToStandardOutput } from "../observability/metrics.js";
import { systemClock } from "../resilience/clock.js";
import type { FaultsOptions, Injection, Sender } from "./fault-options.js";
import { type Fault, readFaultSetting } from "./fault-setting.js";
import { InjectedFaultError } from "./injected-fault.js";

type Of<K extends Fault["kind"]> = Extract<Fault, { readonly kind: K }>;

/** How faults show at one kind of place; what is the same everywhere is in {@link inject}. */
interface Place<T> {
  readonly signal?: AbortSignal;
  /** The longest that a call of it takes, in milliseconds, if its client knows. */
  readonly patienceMs?: number;
  status(fault: Of<"status">): T | Promise<T>;
  corrupted(answer: T): T | Promise<T>;
}

/** @throws FaultSettingError if the setting cannot be used */
export function createInjection(text: string, options: FaultsOptions): Injection {
  const { beginsAt, endsAt, faults } = readFaultSetting(text, options.longestMinutes);
  const { random = Math.random, onInjected } = options;
  const draw = (at: string): Fault | undefined => {
    const drawn = faults.find((fault) => fault.at === at && random() * 100 < fault.percent);
    if (drawn) report(drawn, onInjected);
    return drawn;
  };
  return {
    beginsAt,
    endsAt,
    handler: async (handler, event, context) => {
      const fault = draw("handler");
      if (!fault) return await handler(event, context);
      // As a function that hangs: Lambda ends it before the pause does.
      if (fault.kind === "timeout") await systemClock.sleep(remainingMs(context) + 1_000);
      // To a queue or a bus, an answer that says nothing of failures says that all was handled: what was not would be lost.
      const status = isRequest(event) ? answerWith : throwStatus;
      const place: Place<unknown> = { status, corrupted: corruptedAnswer };
      return (await inject(fault, place, () => handler(event, context), random)) as never;
    },
    call: async (at, call) => {
      const fault = draw(at);
      if (!fault) return await call();
      const { signal } = invocationTime() ?? {};
      return await inject(fault, { signal, status: throwStatus, corrupted }, call, random);
    },
    awsRequest: async (at, sender, handle, request, sending) => {
      const fault = draw(at);
      if (!fault) return await handle(request, sending);
      const place: Place<unknown> = {
        signal: abortedBy(sending?.abortSignal as AbortSignal | undefined),
        patienceMs: await patienceOf(sender),
        status: awsResponse,
        corrupted: corruptedAwsResponse,
      };
      return await inject(fault, place, () => handle(request, sending), random);
    },
    fetch: async (at, send, input, init) => {
      const fault = draw(at);
      if (!fault) return await send(input, init);
      const place: Place<Response> = {
        signal: abortedBy(init?.signal),
        status: ({ status, error, retryAfterSeconds }) =>
          new Response(JSON.stringify({ title: error ?? "injected", status }), {
            status,
            headers: headersOf("application/problem+json", retryAfterSeconds),
          }),
        corrupted: async (answer) => {
          const { status, headers } = answer;
          return new Response(half(new Uint8Array(await answer.arrayBuffer())), { status, headers });
        },
      };
      return await inject(fault, place, () => send(input, init), random);
    },
  };
}

/** Injects one fault into one call. */
async function inject<T>(fault: Fault, place: Place<T>, call: () => Promise<T>, random: () => number): Promise<T> {
  const { signal, patienceMs } = place;
  switch (fault.kind) {
    case "latency":
      await systemClock.sleep(fault.ms + random() * fault.jitterMs, signal);
      return await call();
    case "exception":
      throw new InjectedFaultError(fault.error, "A fault was injected.");
    case "status":
      return await place.status(fault);
    case "timeout":
      await systemClock.sleep(Math.min(fault.ms, patienceMs || fault.ms), signal);
      throw new InjectedFaultError("TimeoutError", "A timeout was injected.");
    case "blocked":
      await systemClock.sleep(patienceMs || longestInvocationMs, signal);
      throw new InjectedFaultError("TimeoutError", "A dependency was blocked.");
    case "memory-pressure":
      return await underMemoryPressure(fault.mb, call);
    case "full-disk":
      return await withFullDisk(fault.mb, call);
    case "corrupted":
      return await place.corrupted(await call());
  }
}

/** What the client itself would wait for an answer, in milliseconds. */
async function patienceOf(sender: Sender): Promise<number | undefined> {
  const { requestTimeout = (await sender.configProvider)?.requestTimeout } = sender.httpHandlerConfigs?.() ?? {};
  return requestTimeout;
}

const longestInvocationMs = 900_000;
const megabyte = 1024 * 1024;

/** Memory is only used once it is written to. */
async function underMemoryPressure<T>(mb: number, call: () => Promise<T>): Promise<T> {
  const held = Array.from({ length: mb }, () => Buffer.alloc(megabyte, 1));
  try {
    return await call();
  } finally {
    held.length = 0;
  }
}

/** Whoever writes there gets ENOSPC, if the disk is smaller than what is filled. */
async function withFullDisk<T>(mb: number, call: () => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "injected-full-disk-"));
  try {
    const file = await open(join(folder, "filled"), "w");
    const block = Buffer.alloc(megabyte, 1);
    try {
      for (let written = 0; written < mb; written += 1) await file.write(block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      await file.close();
    }
    return await call();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether an event is a request of an HTTP API. */
const isRequest = (event: unknown): boolean =>
  typeof event === "object" && event !== null && Object.hasOwn(event, "requestContext");

const remainingMs = (context: RemainingTime | undefined | unknown): number =>
  (context as RemainingTime | undefined)?.getRemainingTimeInMillis?.() ?? 0;

function throwStatus({ status, error }: Of<"status">): never {
  throw new InjectedFaultError(error ?? nameOf(status), `An answer with status ${status} was injected.`, status);
}

/** What AWS services call their errors, where the setting does not say. */
function nameOf(status: number): string {
  if (status === 429) return "ThrottlingException";
  return status < 500 ? "ValidationException" : "InternalServerError";
}

const headersOf = (type: string, retryAfterSeconds?: number): Record<string, string> => ({
  "content-type": type,
  ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
});

/** An answer of an HTTP API's handler. */
function answerWith({ status, error, retryAfterSeconds }: Of<"status">): object {
  return {
    statusCode: status,
    headers: headersOf("application/problem+json", retryAfterSeconds),
    body: JSON.stringify({ type: "about:blank", title: error ?? "injected", status }),
    isBase64Encoded: false,
  };
}

/** The body of an HTTP API's answer, or all of another one. */
function corruptedAnswer(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("body" in answer)) return corrupted(answer);
  return { ...answer, body: corrupted(answer.body) };
}

/** As AWS services with JSON protocols refuse a request. */
function awsResponse({ status, error, retryAfterSeconds }: Of<"status">): object {
  const name = error ?? nameOf(status);
  const headers = { ...headersOf("application/x-amz-json-1.0", retryAfterSeconds), "x-amzn-errortype": name };
  const body = Readable.from([Buffer.from(JSON.stringify({ __type: name, message: "A fault was injected." }))]);
  return { response: { statusCode: status, headers, body } };
}

async function corruptedAwsResponse(answer: unknown): Promise<unknown> {
  const { response, ...rest } = answer as { readonly response: { readonly body?: unknown; readonly headers: object } };
  const bytes = await bytesOf(response.body);
  // Lengths and checksums are of the whole answer.
  const {
    "content-length": _length,
    "x-amz-crc32": _checksum,
    ...headers
  } = response.headers as Record<string, string>;
  return { ...rest, response: { ...response, headers, body: Readable.from([Buffer.from(half(bytes))]) } };
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (body instanceof Readable) return Buffer.concat(await body.toArray());
  return new Uint8Array();
}

const half = <T extends string | Uint8Array>(whole: T): T => whole.slice(0, Math.floor(whole.length / 2)) as T;

/** Half of every text and of bytes, and no numbers. */
function corrupted(answer: unknown): unknown {
  if (typeof answer === "string" || answer instanceof Uint8Array) return half(answer);
  if (typeof answer === "number") return Number.NaN;
  if (Array.isArray(answer)) return answer.map(corrupted);
  if (typeof answer !== "object" || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, corrupted(value)]));
}

/** Counts it as a metric of the function, so that nobody looks for a defect that somebody has switched on. */
function report(fault: Fault, onInjected: FaultsOptions["onInjected"]): void {
  const name = codeName();
  if (name) {
    writeToStandardOutput(
      metricLine({
        namespace: "Evenkeel/Functions",
        dimensions: { FunctionName: name },
        metrics: { FaultsInjected: { value: 1, unit: "Count" } },
      }),
    );
  }
  onInjected?.(fault);
}
