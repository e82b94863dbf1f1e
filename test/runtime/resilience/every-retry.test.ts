import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withinTime } from "../../../runtime/invocation/time";
import { DeadlineExceededError, retry } from "../../../runtime/resilience";
import { FakeClock } from "./fake-clock";

const root = join(__dirname, "..", "..", "..");

/** Every source file that runs in Lambda. */
const sources = ["runtime", "handlers", "services"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [`${folder}/${file}`, readFileSync(join(root, folder, file), "utf8")] as const),
);

/** The arguments of each call that a pattern begins, up to the bracket that closes it. */
function calls(source: string, begin: RegExp): { readonly before: string; readonly inside: string }[] {
  return [...source.matchAll(begin)].map((match) => {
    let depth = 0;
    let end = (match.index ?? 0) + match[0].length - 1;
    for (; end < source.length; end += 1) {
      if (source[end] === "(") depth += 1;
      if (source[end] === ")") depth -= 1;
      if (depth === 0) break;
    }
    return { before: source.slice(0, match.index), inside: source.slice(match.index, end + 1) };
  });
}

const found = (begin: RegExp) =>
  sources.flatMap(([file, source]) => calls(source, begin).map((call) => ({ file, source, ...call })));

describe("What runs in Lambda", () => {
  test("gives each client of the AWS SDK its limits, and the end of the invocation", () => {
    const clients = found(/\bnew (?!Vault)[A-Z]\w*Client\(/g);
    expect(clients.length).toBeGreaterThanOrEqual(7);
    const withoutLimits = clients.filter(({ inside }) => !inside.includes("...clientLimits("));
    const withoutEnd = clients.filter(
      ({ source, before }) => !/endWithInvocation\(\s*$/.test(before) && !source.includes("endWithInvocation(client)"),
    );
    expect([...withoutLimits, ...withoutEnd].map(({ file }) => file)).toEqual([]);
  });

  test("gives each request by fetch the end of the invocation", () => {
    // The wrapper of faults hands on the options of whoever wraps a fetch.
    const requests = found(/(?<![\w.])fetch\(/g).filter(({ file }) => !file.startsWith("runtime/chaos/"));
    expect(requests.length).toBeGreaterThanOrEqual(2);
    expect(
      requests
        .filter(
          ({ source }) => !/abortedBy\(AbortSignal\.timeout\(|AbortSignal\.any\(\[invocationSignal\(\), /.test(source),
        )
        .map(({ file }) => file),
    ).toEqual([]);
  });

  test("has no pause between two attempts but that of retry, whose length is random", () => {
    const pauses = found(/\bsleep\(/g).map(({ file }) => file);
    expect([...new Set(pauses)]).toEqual([
      // Faults are pauses.
      "runtime/chaos/injection.ts",
      // A login that Vault has just made is not known everywhere at once: a single pause, and no attempt before it.
      "runtime/postgres/login.ts",
      "runtime/resilience/retry.ts",
      // A warming call keeps its environment busy.
      "runtime/warming/warmable.ts",
      // Between two looks at breakers; it repeats nothing that has failed.
      "handlers/queue-pausing/reconcile.ts",
    ]);
  });
});

describe("A retry within an invocation", () => {
  const failing = () => Promise.reject(new Error("not now"));
  /** Pauses take no time here, so that the invocation itself cannot end meanwhile, however busy the machine is. */
  const endless = () => ({
    attempts: Number.POSITIVE_INFINITY,
    baseDelayMs: 1_000,
    maxDelayMs: 5_000,
    clock: new FakeClock(Date.now()),
  });

  test("ends before the invocation does, with what it was told last, although it has no deadline of its own", async () => {
    const context = { getRemainingTimeInMillis: () => 60_000 };
    const result = withinTime(context, () => retry(failing, endless()), 20);
    await expect(result).rejects.toThrow(DeadlineExceededError);
    await expect(result).rejects.toMatchObject({ cause: expect.objectContaining({ message: "not now" }) });
  });

  test("has a later deadline shortened, and keeps an earlier one", async () => {
    const attempts: number[] = [];
    const count = (number: number) => {
      attempts.push(number);
      return failing();
    };
    const context = { getRemainingTimeInMillis: () => 60_000 };
    const options = endless();
    // By the same clock: on a busy machine, the system's goes on meanwhile.
    const passed = { ...options, deadlineAt: options.clock.now() - 1 };
    await expect(withinTime(context, () => retry(count, passed))).rejects.toThrow(DeadlineExceededError);
    expect(attempts).toEqual([]);
    const far = { ...endless(), deadlineAt: Date.now() + 3_600_000 };
    await expect(withinTime(context, () => retry(count, far), 20)).rejects.toThrow(DeadlineExceededError);
    expect(attempts.length).toBeGreaterThan(1);
  });
});
