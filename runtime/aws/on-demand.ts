import { invocationTime, OutOfTimeError, until } from "../invocation/time.js";

/** What has not been loaded yet. */
const remaining = new Set<() => Promise<unknown>>();

/**
 * Something that is loaded when it is first asked for, such as a client that not every request needs; create one at module scope.
 * Concurrent callers share one load, and a load that fails is tried again by the next caller.
 *
 * Where Lambda prepares environments ahead of requests (provisioned concurrency) it is loaded at once, since nobody waits.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    loading ??= load().then(
      (loaded) => {
        remaining.delete(get);
        return loaded;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const get = async (): Promise<T> => {
    const mine = begin();
    try {
      return await until(invocationTime()?.signal, () => mine);
    } catch (error) {
      // A load that hangs must not be what all later invocations wait for.
      if (error instanceof OutOfTimeError && loading === mine) loading = undefined;
      throw error;
    }
  };
  remaining.add(get);
  // Whoever needs it gets the error, if there is one.
  if (isPreparedAhead()) get().catch(() => undefined);
  return get;
}

/**
 * Loads everything that is on demand and has not been needed so far, so that no later request waits for it. It never rejects: what
 * cannot be loaded is tried again when it is needed.
 */
export async function loadRemaining(): Promise<void> {
  const tried = new Set<() => Promise<unknown>>();
  // What is loaded may itself have something on demand.
  for (let next = [...remaining]; next.length > 0; next = [...remaining].filter((get) => !tried.has(get))) {
    for (const get of next) tried.add(get);
    await Promise.allSettled(next.map((get) => get()));
  }
}

function isPreparedAhead(): boolean {
  const { AWS_LAMBDA_INITIALIZATION_TYPE: type } = process.env;
  return type !== undefined && type !== "on-demand";
}
