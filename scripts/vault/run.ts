import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { type Draw, drawing } from "../random";
import { ExecutionEnvironment } from "./environments";
import { cause, type FaultKind, faultKinds, faultsBy, type Outage } from "./faults";
import type { Job } from "./handler";
import { engineLogin, type Surroundings } from "./surroundings";

/** Times that are an hour or a day in AWS, in seconds. */
export const lives = { lease: 30, leaseMax: 80, token: 45, tokenMax: 130 } as const;
/** How long an invocation may take, in milliseconds. */
const timeoutMs = 6_000;
/** The same for the first one of an environment, which loads clients and makes the first login, on whatever machine this is. */
const firstTimeoutMs = 12_000;
/** How long the server has to be there for a login from the start, in milliseconds: STS, the server, PostgreSQL, with pauses between attempts. */
const loginMs = 4_000;
/** How long a user may be there after its lease, in milliseconds: the server itself adds 5 s to what PostgreSQL is told. */
const graceMs = 10_000;
const environmentCount = 8;

export interface FaultCount {
  readonly times: number;
  readonly seconds: number;
  /** Queries that ended while it lasted. */
  readonly queries: number;
  readonly failedThough: number;
  readonly failedAway: number;
}

export interface Result {
  readonly seed: string;
  readonly seconds: number;
  readonly queries: number;
  readonly encryptions: number;
  readonly failedThough: number;
  readonly failedAway: number;
  readonly encryptionsFailedThough: number;
  readonly encryptionsFailedAway: number;
  readonly environments: number;
  readonly longFreezes: number;
  readonly users: number;
  readonly logins: number;
  /** Tokens that STS was asked for, also for logins that then failed. */
  readonly identityTokens: number;
  readonly tokenRenewals: number;
  readonly leaseRenewals: number;
  readonly rotations: { readonly root: number; readonly key: number };
  /** The longest that a user stayed after PostgreSQL was told it would end, while the server was there, in seconds. */
  readonly latestSeconds: number;
  readonly left: number;
  readonly lost: number;
  readonly faults: Readonly<Record<FaultKind, FaultCount>>;
  readonly wrong: readonly string[];
  readonly examples: readonly string[];
}

interface Outcome {
  readonly kind: Job["kind"];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed?: "though" | "away";
}

export interface RunProps {
  readonly seed: string;
  readonly minutes: number;
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly surroundings: Surroundings;
  /** Whether there is no time for faults that are longer than a lease. */
  readonly short: boolean;
  readonly say: (line: string) => void;
}

/** Runs the function, and everything that happens to it, to the end, and counts. */
export async function run({ seed, minutes, bundle, variables, surroundings, short, say }: RunProps): Promise<Result> {
  const { server, postgres, sts } = surroundings;
  const startedAt = Date.now();
  const endsAt = startedAt + minutes * 60_000;
  const outages: Outage[] = [];
  const outcomes: Outcome[] = [];
  const written: string[] = [];
  const examples: string[] = [];
  const leaks = new Set<string>();
  const watch = new Users(surroundings, outages);
  let [environments, longFreezes, ids] = [0, 0, 0];
  let sealed: string | undefined;

  const onLine = (line: string) => {
    if (/eyJ[\w-]{10,}\.|\bs\.[A-Za-z0-9]{20,}/.test(line)) leaks.add(line.slice(0, 80));
  };

  async function work(draw: Draw, at: number): Promise<void> {
    // Not all at once: a processor has to load their code.
    await delay(at * 1_000);
    const fresh = () => {
      environments += 1;
      return new ExecutionEnvironment(bundle, variables, onLine);
    };
    let environment = fresh();
    try {
      while (Date.now() < endsAt) {
        const turn = draw(Array.from({ length: 400 }, (_, at) => at));
        if (turn === 0) {
          await environment.stop();
          environment = fresh();
        }
        if (turn === 1) {
          // Frozen for longer than a lease lives: its user goes meanwhile.
          longFreezes += 1;
          await delay(lives.lease * 1_000 + draw([2_000, 6_000, 12_000]));
        } else await delay(draw([20, 60, 120, 240, 400]));
        ids += 1;
        const kind = draw(["write", "write", "write-once", "read", "read", "encrypt"] as const);
        const job: Job = { kind, id: `${seed}-${ids}`, ...(kind === "encrypt" && sealed ? { sealed } : {}) };
        await environment.ready();
        const began = Date.now();
        const ended = await environment.invoke(job, environment.user ? timeoutMs : firstTimeoutMs);
        const outcome = { kind, startedAt: began, endedAt: Date.now() };
        if ("answer" in ended) {
          outcomes.push(outcome);
          if (kind.startsWith("write")) written.push(job.id);
          // The message of a moment ago, by another environment and perhaps another version of the key.
          sealed = ended.answer.sealed ?? sealed;
          continue;
        }
        const away =
          kind === "encrypt"
            ? touched(outcome, outages)
            : !(await watch.holds(environment.user)) && !couldLogIn(outcome, outages);
        outcomes.push({ ...outcome, failed: away ? "away" : "though" });
        if (!away && examples.length < 20) {
          const when = ((began - startedAt) / 1_000).toFixed(1);
          examples.push(`${when} s, ${kind}, ${outcome.endedAt - began} ms, as ${environment.user}: ${ended.error}`);
        }
      }
    } finally {
      await environment.stop();
    }
  }

  async function disturb(draw: Draw): Promise<{ root: number; key: number }> {
    const next = faultsBy(draw, lives.lease * 1_000, short);
    const rotations = { root: 0, key: 0 };
    for (;;) {
      await delay(draw([4_000, 6_000, 9_000]));
      if (Date.now() + 10_000 >= endsAt) return rotations;
      if (draw([true, false])) {
        await server.call("POST", "database/rotate-root/ledger", {});
        rotations.root += 1;
      } else {
        await server.call("POST", `${variables.VAULT_TRANSIT_MOUNT}/keys/${variables.VAULT_KEY}/rotate`, {});
        rotations.key += 1;
      }
      const { kind, ms } = next();
      if (Date.now() + ms + lives.lease * 1_000 >= endsAt) return rotations;
      const { from, to } = await cause(kind, ms, surroundings, outages);
      say(
        `${Math.round((from - startedAt) / 1_000)} s: ${kind} for ${((to - from) / 1_000).toFixed(1)} s, ${outcomes.length} done`,
      );
    }
  }

  const watching = watch.start();
  const [rotations] = await Promise.all([
    disturb(drawing(`${seed} faults`)),
    ...Array.from({ length: environmentCount }, (_, at) => work(drawing(`${seed} ${at}`), at)),
  ]);
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  // Nobody renews any more: every lease ends by itself.
  const lastBack = Math.max(startedAt, ...outages.map(({ to }) => to));
  while (Date.now() < Math.max(lastBack, endsAt) + lives.leaseMax * 1_000 + graceMs && (await watch.count()) > 0)
    await delay(250);
  watch.stop();
  await watching;

  const left = await watch.count();
  const { rows } = await postgres.client.query<{ id: string }>("SELECT id FROM entry");
  const stored = new Set(rows.map(({ id }) => id));
  const lost = written.filter((id) => !stored.has(id)).length;
  const requests = audited(server.auditFile);
  const queries = outcomes.filter(({ kind }) => kind !== "encrypt");
  const encryptions = outcomes.filter(({ kind }) => kind === "encrypt");
  const failing = (list: readonly Outcome[], how: "though" | "away") =>
    list.filter(({ failed }) => failed === how).length;
  const during = ({ endedAt }: Outcome, kind: FaultKind) =>
    outages.some((outage) => outage.kind === kind && endedAt >= outage.from && endedAt <= outage.to);
  const faults = Object.fromEntries(
    faultKinds.map((kind) => {
      const own = outages.filter((outage) => outage.kind === kind);
      const done = queries.filter((outcome) => during(outcome, kind));
      return [
        kind,
        {
          times: own.length,
          seconds: Math.round(own.reduce((sum, { from, to }) => sum + to - from, 0) / 1_000),
          queries: done.length,
          failedThough: failing(done, "though"),
          failedAway: failing(done, "away"),
        },
      ];
    }),
  ) as Record<FaultKind, FaultCount>;
  const failedThough = failing(queries, "though");
  const encryptionsFailedThough = failing(encryptions, "though");
  const rotated = rotations.root > 0 && (await logsIn(surroundings));
  const wrong = [
    ...(failedThough > 0 ? [`${failedThough} queries failed that could have succeeded`] : []),
    ...(encryptionsFailedThough > 0
      ? [`${encryptionsFailedThough} encryptions failed while the server was there`]
      : []),
    ...(watch.late.size > 0 ? [`${watch.late.size} users stayed in PostgreSQL after their lease`] : []),
    ...(left > 0 ? [`${left} users left in PostgreSQL at the end`] : []),
    ...(lost > 0 ? [`${lost} entries lost`] : []),
    ...(leaks.size > 0 ? [`tokens in the log: ${leaks.size} lines`] : []),
    ...(rotated ? ["the engine's first password still logs in, although it was rotated"] : []),
    ...((requests.get("sys/leases/renew") ?? 0) < environmentCount ? ["hardly a lease was renewed"] : []),
    ...(watch.users.size < environmentCount * 2 ? [`only ${watch.users.size} users were made`] : []),
  ];
  return {
    seed,
    seconds,
    queries: queries.length,
    encryptions: encryptions.length,
    failedThough,
    failedAway: failing(queries, "away"),
    encryptionsFailedThough,
    encryptionsFailedAway: failing(encryptions, "away"),
    environments,
    longFreezes,
    users: watch.users.size,
    logins: requests.get(`auth/${variables.VAULT_AUTH_MOUNT}/login`) ?? 0,
    identityTokens: sts.requests.length,
    tokenRenewals: requests.get("auth/token/renew-self") ?? 0,
    leaseRenewals: requests.get("sys/leases/renew") ?? 0,
    rotations,
    latestSeconds: Math.round(watch.latestMs / 100) / 10,
    left,
    lost,
    faults,
    wrong,
    examples,
  };
}

/** Whether something was away while it ran. */
const touched = ({ startedAt, endedAt }: Outcome, outages: readonly Outage[]): boolean =>
  outages.some(({ from, to }) => from <= endedAt && to >= startedAt);

/** Whether everything that a login needs was there all the time, or for long enough in one piece. */
function couldLogIn({ startedAt, endedAt }: Outcome, outages: readonly Outage[]): boolean {
  const meanwhile = outages.filter(({ from: begins, to }) => begins <= endedAt && to >= startedAt);
  if (meanwhile.length === 0) return true;
  let from = startedAt;
  let longest = 0;
  for (const outage of meanwhile) {
    longest = Math.max(longest, outage.from - from);
    from = Math.max(from, outage.to);
  }
  return Math.max(longest, endedAt - from) >= loginMs;
}

/** The users that the server has made in PostgreSQL, looked at by another way than the server's. */
class Users {
  readonly users = new Map<string, { validUntil: number }>();
  /** Those that stayed too long. */
  readonly late = new Set<string>();
  latestMs = 0;
  private stopped = false;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly outages: readonly Outage[],
  ) {}

  async start(): Promise<void> {
    while (!this.stopped) {
      await this.look();
      await delay(250);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  async count(): Promise<number> {
    return (await this.read()).size;
  }

  /** Whether PostgreSQL still takes a user, for a second at least. */
  async holds(user: string | undefined): Promise<boolean> {
    const found = user === undefined ? undefined : (await this.read()).get(user);
    // The server adds 5 s to the lease; the function knows of the lease only.
    return found !== undefined && found - 5_000 > Date.now() + 1_000;
  }

  private async look(): Promise<void> {
    const there = await this.read();
    const now = Date.now();
    const away = this.outages.some(({ kind, to }) => kind !== "sts" && to > now);
    const lastBack = Math.max(0, ...this.outages.filter(({ kind }) => kind !== "sts").map(({ to }) => to));
    for (const [user, validUntil] of there) {
      this.users.set(user, { validUntil });
      if (away) continue;
      const lateMs = now - Math.max(validUntil, lastBack);
      this.latestMs = Math.max(this.latestMs, lateMs);
      if (lateMs > graceMs) this.late.add(user);
    }
  }

  private async read(): Promise<Map<string, number>> {
    const { rows } = await this.surroundings.postgres.client.query<{ name: string; until: Date }>(
      "SELECT rolname AS name, rolvaliduntil AS until FROM pg_roles WHERE rolname LIKE 'v-%'",
    );
    return new Map(rows.map(({ name, until }) => [name, until.getTime()]));
  }
}

/** The requests that the server wrote down as answered, by their path. */
function audited(file: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const { type, error, request } = JSON.parse(line) as {
      readonly type: string;
      readonly error?: string;
      readonly request?: { readonly path?: string };
    };
    if (type !== "response" || error || !request?.path) continue;
    counts.set(request.path, (counts.get(request.path) ?? 0) + 1);
  }
  return counts;
}

/** Whether the password that the engine began with still logs in. */
async function logsIn({ port, caFile }: Surroundings): Promise<boolean> {
  const client = new Client({
    host: "localhost",
    port,
    database: "postgres",
    user: engineLogin.username,
    password: engineLogin.password,
    ssl: { ca: readFileSync(caFile, "utf8") },
  });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
