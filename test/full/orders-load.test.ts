import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { artilleryScript, processor, processorFile } from "../../cli/loadtest/artillery";
import type { ServiceLimits } from "../../cli/loadtest/limits";
import { type LoadPlan, planOf, type ScenarioName } from "../../cli/loadtest/plans";
import type { LoadRequest } from "../../cli/loadtest/requests";
import prod from "../../environments/prod";
import type { HttpApiHandler } from "../../runtime/http/http-api";
import { captureLogs } from "../runtime/invocation";
import { dynaliteBackend } from "../services/dynamodb-backends";
import { coldStart, OrdersService, orderFor, supportDesk } from "../services/orders-service";
import { artillery, hasArtillery } from "../support/artillery";
import { type Served, type ServedOptions, serveHandler } from "../support/served-handler";
import { temporaryFolder } from "../support/temporary-folder";

const routes = prod.parse().services.find(({ name }) => name === "orders")?.api?.routes ?? {};

/** Limits that a laptop reaches within seconds. Times are long: a busy machine is no reason to fail. */
const limits: ServiceLimits = {
  service: "orders",
  concurrency: 2,
  reserved: true,
  concurrencyRate: 20,
  throttleRate: 5,
  timeoutMs: 60_000,
  latencyMs: 60_000,
  errorPercent: 1,
  recoverySeconds: 3,
  faultsParameter: "/prod/orders/chaos/faults",
};

const requests: LoadRequest[] = [
  {
    route: "POST /orders",
    path: {},
    query: {},
    headers: { "idempotency-key": "{{ $uuid }}" },
    json: orderFor("customer-load"),
    weight: 1,
  },
  {
    route: "GET /customers/{customerId}/orders",
    path: { customerId: "customer-load" },
    query: { limit: "2" },
    headers: {},
    weight: 1,
  },
];

/** For what is not about a dependency: the machine has enough to do. */
const health: LoadRequest[] = [{ route: "GET /health", path: {}, query: {}, headers: {}, weight: 1 }];

/** The scenario, short: what is left of a request after its phase is none here. */
function planned(scenario: ScenarioName): LoadPlan {
  const plan = planOf(scenario, limits, { seconds: 5, percent: 100 });
  if ("reason" in plan) throw new Error(plan.reason);
  return {
    ...plan,
    phases: plan.phases.map((phase) => (phase.name === "draining" ? { ...phase, seconds: 2 } : phase)),
  };
}

/** A Parameter Store with one switch of faults for each path. */
async function startSwitches(): Promise<{ server: Server; endpoint: string; values: Record<string, string> }> {
  const values: Record<string, string> = {};
  const server = createServer(async (incoming, outgoing) => {
    const { Path } = JSON.parse(Buffer.concat(await incoming.toArray()).toString());
    outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    outgoing.end(JSON.stringify({ Parameters: [{ Name: `${Path}/faults`, Value: values[Path] ?? "off" }] }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, values };
}

const describeIfHere = hasArtillery("the load tests of the orders service") ? describe : describe.skip;

describeIfHere("A load test of the orders service, run by Artillery,", () => {
  const folder = temporaryFolder();
  let switches: Awaited<ReturnType<typeof startSwitches>>;
  let service: OrdersService;
  let logs: ReturnType<typeof captureLogs>;
  const served: Served[] = [];

  beforeAll(async () => {
    logs = captureLogs();
    switches = await startSwitches();
    service = await OrdersService.start(dynaliteBackend, { AWS_ENDPOINT_URL_SSM: switches.endpoint });
    writeFileSync(join(folder, processorFile), processor);
  });
  afterAll(async () => {
    for (const each of served) await each.stop();
    await service?.stop();
    switches.server.closeAllConnections();
    switches.server.close();
    logs.restore();
  });

  /** Another execution environment, whose faults are switched at a path of its own. */
  async function functionWith(path: string): Promise<HttpApiHandler> {
    process.env.CHAOS_SETTINGS_PATH = path;
    try {
      return await coldStart();
    } finally {
      delete process.env.CHAOS_SETTINGS_PATH;
    }
  }

  async function run(
    scenario: ScenarioName,
    name: string,
    options: Pick<ServedOptions, "handler"> & Partial<ServedOptions>,
  ) {
    const plan = planned(scenario);
    const api = await serveHandler({
      routes: Object.keys(routes),
      authorizer: (token) => (token === "Bearer token-of-the-test" ? supportDesk : undefined),
      ...options,
    });
    served.push(api);
    const isAboutDependency = scenario === "steady" || scenario === "throttled-dependency";
    const script = artilleryScript({
      plan,
      limits,
      target: api.url,
      requests: isAboutDependency ? requests : health,
      routes,
    });
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(script));
    return artillery(file, { LOADTEST_TOKEN: "token-of-the-test" });
  }

  /** When a phase begins after the first request, in milliseconds. */
  const beginOf = (scenario: ScenarioName, name: string): number => {
    const { phases } = planned(scenario);
    const before = phases.slice(
      0,
      phases.findIndex((phase) => phase.name === name),
    );
    return before.reduce((sum, { seconds }) => sum + seconds, 0) * 1000;
  };

  const faults = (kind: object, from: number, seconds: number) =>
    JSON.stringify({
      from: new Date(from).toISOString(),
      minutes: seconds / 60,
      faults: [{ at: "dynamodb", ...kind }],
    });
  const throttled = { kind: "status", status: 400, error: "ThrottlingException" };

  // All at once: Artillery is idle most of the time.
  const runs = {} as Record<string, Awaited<ReturnType<typeof artillery>>>;
  beforeAll(async () => {
    const healthy = await functionWith("/healthy");
    const standby = await functionWith("/standby");
    const throttling = await functionWith("/throttling");
    const broken = await functionWith("/broken");
    switches.values["/broken"] = faults(throttled, Date.now() - 1000, 600);
    let firstAt = 0;
    const failingOver = (takesOver: boolean) => {
      let begunAt = 0;
      return {
        onRequest: () => {
          begunAt ||= Date.now();
        },
        handler: () => {
          const sinceMs = Date.now() - begunAt;
          if (sinceMs < beginOf("region-down", "outage")) return healthy;
          // A little sooner than the objective.
          return takesOver && sinceMs > beginOf("region-down", "recovered") - 1500 ? standby : undefined;
        },
      };
    };
    const asked = {
      steady: run("steady", "steady", { handler: () => healthy }),
      "slow-start": run("slow-start", "slow-start", { handler: () => healthy }),
      spike: run("spike", "spike", { handler: () => healthy, rateLimit: 8, concurrency: 50 }),
      "without throttling": run("spike", "without-throttling", {
        handler: () => async () => ({ statusCode: 500, body: "" }),
      }),
      "throttled-dependency": run("throttled-dependency", "throttled", {
        handler: () => throttling,
        onRequest: () => {
          if (firstAt > 0) return;
          firstAt = Date.now();
          const from = firstAt + beginOf("throttled-dependency", "throttled");
          switches.values["/throttling"] = faults({ ...throttled, percent: 20 }, from, 5);
        },
      }),
      "steady, while DynamoDB throttles everything": run("steady", "broken", { handler: () => broken }),
      "region-down": run("region-down", "region-down", failingOver(true)),
      "region-down, without a standby region": run("region-down", "no-standby", failingOver(false)),
    };
    await Promise.all(
      Object.entries(asked).map(async ([name, running]) => {
        runs[name] = await running;
      }),
    );
  }, 240_000);

  test.each(["steady", "slow-start", "spike", "throttled-dependency", "region-down"])("passes: %s", (name) => {
    const { code, said } = runs[name] ?? {};
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    expect(said).toMatch(/ok: loadtest\.\w+\.failed/);
  });

  test("has turned callers away in the spike, and made the dependency throttle", () => {
    expect(runs.spike?.said).toMatch(/loadtest\.spike\.turned_away: \.+ [1-9]/);
    expect(
      logs.lines().filter(({ message, kind }) => message === "fault injected" && kind === "status").length,
    ).toBeGreaterThan(0);
    expect(runs["region-down"]?.said).toMatch(/loadtest\.outage\.failed: \.+ [1-9]/);
  });

  test.each([
    [
      "steady, while DynamoDB throttles everything",
      /fail: loadtest\.steady\.failed \+ loadtest\.steady\.turned_away <= /,
    ],
    [
      "region-down, without a standby region",
      /fail: loadtest\.recovered\.failed \+ loadtest\.recovered\.turned_away <= /,
    ],
    ["without throttling", /fail: loadtest\.spike\.failed <= /],
  ])("fails: %s", (name, message) => {
    const { code, said } = runs[name] ?? {};
    expect(code).toBe(1);
    expect(said).toMatch(message);
  });
});
