import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { onDemand } from "../../../runtime/aws/on-demand";
import { createDocumentClient } from "../../../runtime/dynamodb/document-client";
import { abortedBy, invocationTime, until, withinTime } from "../../../runtime/invocation/time";
import { requestVault } from "../../../runtime/vault/vault-http";

const having = (ms: number) => ({ getRemainingTimeInMillis: () => ms });
const soon = having(50);
const forever = () => new Promise<never>(() => {});
const outOfTime = { name: "OutOfTimeError" };

describe("withinTime", () => {
  test("gives what the work gives, and its own errors as they are", async () => {
    expect(await withinTime(having(10_000), () => 7)).toBe(7);
    const own = new Error("own");
    await expect(withinTime(having(10_000), () => Promise.reject(own))).rejects.toBe(own);
    await expect(
      withinTime(having(10_000), () => {
        throw own;
      }),
    ).rejects.toBe(own);
  });

  test("ends work that does not, and aborts its signal", async () => {
    let seen: AbortSignal | undefined;
    await expect(
      withinTime(soon, (time) => {
        seen = time?.signal;
        return forever();
      }),
    ).rejects.toMatchObject(outOfTime);
    expect([seen?.aborted, seen?.reason]).toEqual([true, expect.objectContaining(outOfTime)]);
  });

  test.each([
    [10_000, undefined, 9_500],
    [3_000, undefined, 2_700],
    [10_000, 200, 9_800],
    [0, undefined, 0],
  ])("leaves of %d ms, with a reserve of %p ms, %d ms to the work", async (remainingMs, reserveMs, workMs) => {
    const before = Date.now();
    const time = await withinTime(having(remainingMs), () => invocationTime(), reserveMs);
    const leftMs = (time?.deadlineAt ?? 0) - before;
    expect(leftMs).toBeGreaterThanOrEqual(workMs);
    expect(leftMs).toBeLessThan(workMs + 5_000);
  });

  test("is known to whatever the work calls, and to nothing after it", async () => {
    const inside = await withinTime(having(10_000), async () => {
      await Promise.resolve();
      return invocationTime()?.signal;
    });
    expect(inside?.aborted).toBe(false);
    expect(invocationTime()).toBeUndefined();
  });

  test("runs outside of Lambda without an end", async () => {
    expect(await withinTime({}, (time) => time)).toBeUndefined();
  });
});

describe("A signal", () => {
  test("that was aborted before lets no work begin", async () => {
    const work = jest.fn();
    await expect(until(AbortSignal.abort(new Error("over")), work)).rejects.toThrow("over");
    expect(work).not.toHaveBeenCalled();
  });

  test("is joined with that of the invocation", async () => {
    expect(abortedBy()).toBeUndefined();
    const own = new AbortController();
    expect(abortedBy(own.signal)).toBe(own.signal);
    await withinTime(having(10_000), (time) => {
      expect(abortedBy()).toBe(time?.signal);
      const joined = abortedBy(own.signal);
      own.abort();
      expect([joined?.aborted, time?.signal.aborted]).toEqual([true, false]);
    });
  });
});

describe("What hangs when the time of an invocation is over", () => {
  let server: Server;
  /** Connections on which a request waits for its answer. */
  let waiting = 0;
  let closed = 0;

  beforeEach(async () => {
    waiting = 0;
    closed = 0;
    server = createServer((request) => {
      waiting += 1;
      request.socket.on("close", () => {
        closed += 1;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hanging = async () => {
    while (waiting === 0) await new Promise(setImmediate);
  };
  const untilClosed = async () => {
    while (closed < waiting) await new Promise(setImmediate);
  };
  /** As much time as it takes until the request arrived. */
  const untilArrived = async (work: () => Promise<unknown>) => {
    const controller = new AbortController();
    const outcome = withinTime(having(3_000), work);
    void controller;
    await Promise.all([expect(outcome).rejects.toMatchObject(outOfTime), hanging()]);
    await untilClosed();
  };

  test("is no request of AWS: it ends, and is not sent again", async () => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = url();
    process.env.AWS_ACCESS_KEY_ID ??= "test";
    process.env.AWS_SECRET_ACCESS_KEY ??= "test";
    try {
      const client = createDocumentClient({ region: "eu-west-1", maxAttempts: 5, requestTimeoutMs: 60_000 });
      await untilArrived(() => client.send(new GetCommand({ TableName: "t", Key: { pk: "1" } })));
      expect(waiting).toBe(1);
    } finally {
      delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
    }
  }, 20_000);

  test("is no request of Vault", async () => {
    await untilArrived(() => requestVault({ url: url(), timeoutMs: 60_000 }, { method: "GET", path: "sys/health" }));
  }, 20_000);

  test("is not what later invocations wait for either, when it is loaded on demand", async () => {
    let loads = 0;
    const get = onDemand<string>(() => {
      loads += 1;
      return loads === 1 ? forever() : Promise.resolve("loaded");
    });
    await expect(withinTime(soon, get)).rejects.toMatchObject(outOfTime);
    expect(await withinTime(having(10_000), get)).toBe("loaded");
  });
});
