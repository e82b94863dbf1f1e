import { setTimeout as delay } from "node:timers/promises";
import { UserError } from "../../errors";

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A service that shows comments did not do what it was asked for. */
export class CommentError extends UserError {
  override readonly name = "CommentError";
}

/** Waits between attempts, in milliseconds. */
const waits = [250, 2_000];

/**
 * Calls a REST API with JSON. What changes nothing when it is done twice is tried again while the service is out of order.
 * @param url its query is not in messages; headers never are
 * @returns the answer's JSON, with its status
 * @throws CommentError if nothing is answered
 */
export async function call(
  url: string,
  { method = "GET", headers, body }: Call,
): Promise<{ status: number; json: unknown }> {
  const attempts = method === "POST" ? [] : [...waits];
  for (;;) {
    const wait = attempts.shift();
    try {
      const response = await fetch(url, {
        method,
        // A token is for this host alone.
        redirect: "error",
        signal: AbortSignal.timeout(30_000),
        headers: { "content-type": "application/json", "user-agent": "evenkeel", ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const passing = response.status >= 500 || response.status === 429;
      const text = await response.text();
      if (!passing || wait === undefined) return { status: response.status, json: parsed(text) };
    } catch (error) {
      if (wait === undefined) {
        const { cause } = error as { readonly cause?: { readonly code?: string; readonly message?: string } };
        throw new CommentError(
          `${method} ${withoutQuery(url)}: there is no answer (${cause?.code ?? cause?.message ?? String(error)})`,
        );
      }
    }
    await delay(wait);
  }
}

/** @throws CommentError for an answer that is no success */
export async function succeed(url: string, asked: Call, advice: string): Promise<unknown> {
  const { status, json } = await call(url, asked);
  if (status >= 200 && status < 300) return json;
  const { message } = (json ?? {}) as { readonly message?: unknown };
  const said = typeof message === "string" ? `: ${message}` : "";
  const why = status === 401 || status === 403 || status === 404 ? `; ${advice}` : "";
  throw new CommentError(`${asked.method ?? "GET"} ${withoutQuery(url)}: was answered with ${status}${said}${why}`);
}

const withoutQuery = (url: string): string => url.replace(/\?.*$/, "");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
