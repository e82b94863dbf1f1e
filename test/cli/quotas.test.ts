import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import type { DocumentData } from "../../cli/document";
import { quotasDocument } from "../../cli/documents/quotas";
import { counted } from "../../cli/quotas/counted";
import { readQuotas } from "../../cli/quotas/read-quotas";
import { quotaShares } from "../../cli/quotas/shares";
import { startProcess } from "../../terraform";
import type { Resource } from "../../topology";
import { type AccountQuota, accountQuotas, type Quota, quotaNames } from "../../values/quotas";

const root = resolve(__dirname, "..", "..");
jest.setTimeout(120_000);

type Printed = DocumentData<typeof quotasDocument>;

async function quotas(
  environment: string,
): Promise<{ readonly code: number | null | undefined; readonly printed: Printed }> {
  const started = startProcess(
    process.execPath,
    [join(root, "dist", "cli", "main.js"), "quotas", environment, "--json"],
    { cwd: root, stdio: ["ignore", "pipe", "ignore"], env: { ...process.env } },
  );
  let text = "";
  started.child.stdout?.on("data", (part) => {
    text += String(part);
  });
  const { code } = await started.ended;
  const {
    verb: _,
    version: __,
    ...printed
  } = quotasDocument.schema.parse(JSON.parse(text)) as Printed & {
    readonly verb: string;
    readonly version: number;
  };
  return { code, printed };
}

const countsOf = ({ quotas: rows }: Printed, region: string | null) =>
  Object.fromEntries(rows.filter((row) => row.region === region).map(({ quota, uses }) => [quota, uses]));

/** Counted by hand in environments/prod.ts, and in what the capabilities of its stage add. */
const prodAtHome = {
  // 400 of orders, 100 of ledger, 100 of storefront, 50 of shipments, 25 of picking, 50 of quotes, 100 of stock, 1 of the brake, and 100 that nobody can reserve.
  lambdaConcurrentExecutions: 926,
  // 1,000 of orders, 200 of ledger, 500 of storefront, 200 each of quotes and stock.
  apiRequestsPerSecond: 2100,
  // orders, shipments, handled-events, and the state of the circuit breakers.
  tables: 4,
  eventBuses: 1,
  globalEndpoints: 1,
  // Of shipments, of the queue, the heartbeat, and the one that EventBridge makes.
  rulesPerBus: 4,
  // orders has four, the others three.
  routesPerApi: 4,
  authorizersPerApi: 1,
  // orders, ledger, quotes and stock, each with the name of all regions and that of the region.
  apiDomains: 8,
  // The master and the user of each database, and the key of the origin.
  secrets: 5,
  vpcs: 3,
  endpointsPerVpc: 3,
  fargateVcpus: 2,
  loadBalancers: 1,
  targetGroups: 1,
  databaseClusters: 2,
  databaseInstances: 4,
  databaseProxies: 2,
  // orders and storefront.
  scalableTargets: 2,
};

/** The home region of sandbox, at foundation: no region takes over, nothing is replicated. */
const sandboxAtHome = {
  // 10 of orders, 5 of shipments, and 100 that nobody can reserve.
  lambdaConcurrentExecutions: 115,
  apiRequestsPerSecond: 20,
  tables: 3,
  eventBuses: 1,
  rulesPerBus: 1,
  routesPerApi: 4,
};

describe("evenkeel quotas", () => {
  test("counts prod as one counts it by hand, in both regions", async () => {
    const { code, printed } = await quotas("prod");
    expect([code, printed.exceeded, printed.read]).toEqual([0, 0, false]);
    expect(countsOf(printed, "eu-west-1")).toMatchObject(prodAtHome);
    // One instance less of each database, no endpoint, and the events reach it by the rules of the services there.
    const { globalEndpoints: _, databaseInstances: __, rulesPerBus: ___, ...alike } = prodAtHome;
    expect(countsOf(printed, "eu-central-1")).toMatchObject({ ...alike, databaseInstances: 2 });
    // Eight checks of orders and of ledger with their alarms, six each of quotes, stock and tracking, and one of the bus; see the rule on health checks.
    expect(countsOf(printed, null)).toMatchObject({ healthChecks: 31, distributions: 1, edgeWebAcls: 1 });
    const concurrency = printed.quotas.find(({ quota }) => quota === "lambdaConcurrentExecutions");
    expect(concurrency).toMatchObject({ from: "stated", value: 3000, code: "L-B99A9384", verdict: "fits", ask: null });
  });

  test("counts sandbox as one counts it by hand, in the only region that it has at foundation", async () => {
    const { code, printed } = await quotas("sandbox");
    expect(code).toBe(0);
    expect(countsOf(printed, "eu-west-1")).toMatchObject(sandboxAtHome);
    expect(countsOf(printed, "eu-central-1")).toEqual({});
  });
});

const resource = (type: string, name: string, body: object = {}, region = "eu-west-1"): Resource => ({
  id: `prod-services/${type}.${name}`,
  stack: "prod-services",
  type,
  name,
  body: { ...body } as Resource["body"],
  path: [name],
  region,
  references: [],
});
const fn = (name: string, reserved: number, region?: string) =>
  resource("aws_lambda_function", name, { reserved_concurrent_executions: reserved }, region);
const pointing = (from: Resource, attribute: string, target: Resource): Resource => ({
  ...from,
  references: [{ path: [attribute], target }],
});

describe("The use of quotas", () => {
  test("is the most of one bus, API, zone, role or network, where it is a quota of each", () => {
    const [busy, calm] = [resource("aws_cloudwatch_event_bus", "busy"), resource("aws_cloudwatch_event_bus", "calm")];
    const rule = (name: string, bus: Resource) =>
      pointing(resource("aws_cloudwatch_event_rule", name), "event_bus_name", bus);
    const rules = [rule("a", busy), rule("b", busy), rule("c", calm)];
    expect(counted("rulesPerBus", [busy, calm, ...rules], "eu-west-1")).toEqual({ count: 2, of: busy.id });
    const records = ["a", "b"].map((name) => resource("aws_route53_record", name, { zone_id: "Z1" }));
    expect(counted("recordsPerZone", records, undefined)).toEqual({ count: 2, of: "Z1" });
    const role = resource("aws_iam_role", "r", { assume_role_policy: "{}".padEnd(300, "x") });
    const attached = ["a", "b"].map((name) => pointing(resource("aws_iam_role_policy_attachment", name), "role", role));
    expect(counted("policiesPerRole", attached, undefined)).toEqual({ count: 2, of: role.id });
    expect(counted("trustPolicyCharacters", [role], undefined)).toEqual({ count: 300, of: role.id });
    const endpoints = ["Interface", "Interface", "Gateway"].map((vpc_endpoint_type, at) =>
      resource("aws_vpc_endpoint", `e${at}`, { vpc_endpoint_type, vpc_id: "vpc-1" }),
    );
    expect(counted("endpointsPerVpc", endpoints, "eu-west-1")).toEqual({ count: 2, of: "vpc-1" });
  });

  test("counts replicas of secrets where they are, web ACLs by scope, and the tasks of Fargate while they are replaced", () => {
    const secret = resource("aws_secretsmanager_secret", "s", { replica: [{ region: "eu-central-1" }] });
    expect(counted("secrets", [secret], "eu-central-1")).toEqual({ count: 1 });
    expect(counted("secrets", [secret], "eu-west-1")).toEqual({ count: 1 });
    const acls = ["CLOUDFRONT", "REGIONAL", "REGIONAL"].map((scope, at) =>
      resource("aws_wafv2_web_acl", `acl${at}`, { scope }),
    );
    expect(counted("edgeWebAcls", acls, undefined)).toEqual({ count: 1 });
    expect(counted("regionalWebAcls", acls, "eu-west-1")).toEqual({ count: 2 });
    const task = resource("aws_ecs_task_definition", "t", { cpu: "512" });
    const pool = pointing(
      resource("aws_ecs_service", "pool", { desired_count: 2, deployment_maximum_percent: 150 }),
      "task_definition",
      task,
    );
    const most = resource("aws_appautoscaling_target", "pool", { service_namespace: "ecs", max_capacity: 6 });
    // 6 tasks at most, 9 of them in a deployment, of half a vCPU each.
    expect(counted("fargateVcpus", [task, pool, most], "eu-west-1")).toEqual({ count: 4.5 });
    expect(counted("scalableTargets", [most], "eu-west-1")).toEqual({ count: 0 });
  });

  const used: Readonly<Record<string, Resource>> = {
    lambdaConcurrentExecutions: fn("f", 900),
    apiRequestsPerSecond: resource("aws_apigatewayv2_stage", "s", {
      default_route_settings: { throttling_rate_limit: 200 },
      route_settings: [{ throttling_rate_limit: 1000 }],
    }),
    vpcs: resource("aws_vpc", "v"),
    healthChecks: resource("aws_route53_health_check", "h"),
    edgeWebAcls: resource("aws_wafv2_web_acl", "a", { scope: "CLOUDFRONT" }),
  };

  test.each(Object.keys(used) as AccountQuota[])("of %s is exceeded above the quota, near it from 80 %% on", (name) => {
    const each = used[name];
    const resources = each ? [each] : [];
    const { count } = counted(name, resources, "eu-west-1");
    const at = (quota: number) => {
      const [share] = quotaShares(resources, { stated: { [name]: quota }, standby: [] }).filter(
        (found) => found.name === name,
      );
      return share;
    };
    expect(at(count - 1)).toMatchObject({ verdict: "exceeded", uses: count, from: "stated" });
    expect(at(count - 1)?.ask).toContain(`--quota-code ${(accountQuotas[name] as { readonly code: string }).code}`);
    expect(at(count)).toMatchObject({ verdict: "near", share: 1 });
    expect(at(count * 2)).toMatchObject({ verdict: "fits", ask: undefined });
  });

  test("in a standby region is what the other region needs, for traffic that has to be carried after a failover", () => {
    const resources = [fn("orders", 500), fn("orders-there", 100, "eu-central-1")];
    const there = (stated: object) =>
      quotaShares(resources, { stated, standby: ["eu-central-1"] }).find(({ region }) => region === "eu-central-1");
    expect(there({})).toMatchObject({ uses: 600, takesOverFrom: "eu-west-1", from: "default", verdict: "fits" });
    const short = {
      lambdaConcurrentExecutions: 1000,
      inRegions: { "eu-central-1": { lambdaConcurrentExecutions: 599 } },
    };
    expect(there(short)).toMatchObject({ verdict: "exceeded", quota: 599, from: "stated" });
    // Where nothing runs, nothing takes over.
    const [only] = resources;
    expect(quotaShares(only ? [only] : [], { stated: {}, standby: ["eu-central-1"] })).toHaveLength(1);
  });

  test("knows the service and the code of each quota that Service Quotas has, each once", () => {
    const table: Readonly<Record<string, Quota>> = accountQuotas;
    const codes = quotaNames.flatMap((name) => table[name]?.code ?? []);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^L-[0-9A-F]{8}$/.test(code))).toEqual([]);
  });
});

describe("Quotas that are read", () => {
  const asked: { readonly target: unknown; readonly body: { ServiceCode: string; NextToken?: string } }[] = [];
  let answer: (service: string, token?: string) => { readonly status?: number; readonly body: object };
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    asked.push({ target: request.headers["x-amz-target"], body });
    const { status = 200, body: answered } = answer(body.ServiceCode, body.NextToken);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answered));
  });
  const before = { ...process.env };
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    process.env.AWS_ENDPOINT_URL_SERVICE_QUOTAS = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE";
    process.env.AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMIexampleKEY";
  });
  afterAll(() => {
    process.env = before;
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
  });

  test("are what the account has, page by page, those of the whole account from us-east-1", async () => {
    answer = (service, token) => {
      if (service === "lambda" && token === undefined) {
        return { body: { Quotas: [{ QuotaCode: "L-2ACBD22F", Value: 75 }], NextToken: "next" } };
      }
      if (service === "lambda") return { body: { Quotas: [{ QuotaCode: "L-B99A9384", Value: 400 }] } };
      return { body: service === "route53" ? { Quotas: [{ QuotaCode: "L-ACB674F3", Value: 300 }] } : {} };
    };
    const read = await readQuotas(["eu-west-1"], "444444444444");
    expect(read.get("eu-west-1")?.get("L-B99A9384")).toBe(400);
    expect(read.get("us-east-1")?.get("L-ACB674F3")).toBe(300);
    expect(asked[0]?.target).toBe("ServiceQuotasV20190624.ListServiceQuotas");
    expect(asked.filter(({ body }) => body.ServiceCode === "lambda").map(({ body }) => body.NextToken)).toEqual([
      undefined,
      "next",
    ]);
    expect(asked.filter(({ body }) => body.ServiceCode === "iam")).toHaveLength(1);
    const [share] = quotaShares([fn("f", 900)], { stated: { lambdaConcurrentExecutions: 3000 }, standby: [], read });
    expect(share).toMatchObject({ quota: 400, from: "read", verdict: "exceeded" });
  });

  test("are refused with what to do, without the key", async () => {
    answer = () => ({ status: 400, body: { __type: "com.amazon.coral.service#AccessDeniedException" } });
    const refused = readQuotas(["eu-west-1"], "444444444444");
    await expect(refused).rejects.toThrow(
      /^Cannot read the quotas in (eu-west-1|us-east-1): it is not allowed \(AccessDeniedException\); use credentials of account 444444444444/,
    );
    await expect(refused).rejects.not.toThrow(/wJalrXUtnFEMI/);
  });
});
