import { randomUUID } from "node:crypto";
import project from "../../evenkeel.config";
import type { HttpApiHandler } from "../../runtime/http/http-api";
import { originProof } from "../../runtime/http/origin-proof";
import { captureLogs, httpEvent, lambdaContext, type RequestParts, signedBy, tokenOf } from "../runtime/invocation";
import { type FakeSecretsManager, startFakeSecretsManager } from "../support/fake-secrets-manager";
import { oddBodies } from "./attacks";
import { dynaliteBackend } from "./dynamodb-backends";
import { newCustomer, newKey, OrdersService, orderFor } from "./orders-service";

/** What nobody may find in a log: it is in the token, in claims, in paths and in bodies. */
const secret = "s3cr3t-7391";
const bearer = { authorization: `Bearer eyJhbGciOiJSUzI1NiJ9.${secret}.signature` };

type Send = (routeKey: string, parts: RequestParts) => Promise<{ readonly status?: number; readonly body: unknown }>;

/** Loads the handler of a service, in front of a database that does not answer: no attack gets as far as that. */
function onDatabase(service: "ledger" | "stock", variables: Readonly<Record<string, string>>): Send {
  const outside = process.env;
  process.env = {
    ...outside,
    AWS_REGION: "eu-west-1",
    ENVIRONMENT: "test",
    SERVICE_NAME: service,
    LOG_LEVEL: "DEBUG",
    DATABASE_HOST: "localhost",
    DATABASE_READER_HOST: "localhost",
    DATABASE_PORT: "1",
    DATABASE_NAME: service,
    DATABASE_USER: `${service}_service`,
    DATABASE_AUTHENTICATION: "iam",
    ...variables,
  };
  let loaded: { readonly handler: HttpApiHandler } | undefined;
  jest.isolateModules(() => {
    loaded = require(`../../services/${service}/handler`);
  });
  process.env = outside;
  return async (routeKey, parts) => {
    if (!loaded) throw new Error(`services/${service}/handler.ts could not be loaded`);
    const { statusCode, body } = await loaded.handler(httpEvent(routeKey, parts), lambdaContext());
    return { status: statusCode, body: JSON.parse(body ?? "null") };
  };
}

/** A service under attack: what each of its routes is asked for, about somebody who is not the caller. */
interface Target {
  readonly entry: string;
  readonly scopes: Readonly<Record<string, string>>;
  /** How the service tells owners apart; nothing where whoever has the scope may ask about everything. */
  readonly owners?: { readonly allOwnersScope: string; readonly claim: string };
  /** A request of each route that its owner may send. */
  requests(owner: string): Promise<Readonly<Record<string, RequestParts>>>;
  readonly odd: {
    readonly route: string;
    readonly good: Readonly<Record<string, unknown>>;
    readonly withNumber: (json: string) => string;
  };
  send: Send;
}

let orders: OrdersService;
let logs: ReturnType<typeof captureLogs>;

beforeAll(async () => {
  orders = await OrdersService.start(dynaliteBackend, { LOG_LEVEL: "DEBUG" });
}, 90_000);
afterAll(() => orders?.stop());
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

const entry = (accountId: string) => ({ entryId: randomUUID(), accountId, amountMinor: 1, currency: "EUR" });
const movement = () => ({ movementId: randomUUID(), sku: "SKU-1", quantity: 2 });
const attacker = `attacker-${secret}`;
const key = () => ({ "idempotency-key": newKey() });

const targets: readonly Target[] = [
  {
    entry: "services/orders/handler.ts",
    scopes: {
      "POST /orders": "orders:write",
      "GET /orders/{orderId}": "orders:read",
      "GET /customers/{customerId}/orders": "orders:read",
    },
    owners: { allOwnersScope: "orders:all", claim: "sub" },
    requests: async (owner) => {
      const { body } = await orders.create(orderFor(owner));
      return {
        "POST /orders": { headers: key(), body: orderFor(owner) },
        "GET /orders/{orderId}": { path: { orderId: (body as { orderId: string }).orderId } },
        "GET /customers/{customerId}/orders": { path: { customerId: owner } },
      };
    },
    odd: {
      route: "POST /orders",
      good: orderFor(attacker),
      withNumber: (json) => JSON.stringify(orderFor(attacker)).replace('"quantity":2', `"quantity":${json}`),
    },
    send: (...request) => orders.send(...request),
  },
  {
    entry: "services/ledger/handler.ts",
    scopes: { "POST /entries": "entries:write", "GET /accounts/{accountId}/entries": "entries:read" },
    owners: { allOwnersScope: "entries:all", claim: "accounts" },
    requests: async (owner) => ({
      "POST /entries": { body: entry(owner) },
      "GET /accounts/{accountId}/entries": { path: { accountId: owner } },
    }),
    odd: {
      route: "POST /entries",
      good: { description: "x", ...entry(attacker) },
      withNumber: (json) => JSON.stringify(entry(attacker)).replace('"amountMinor":1', `"amountMinor":${json}`),
    },
    send: onDatabase("ledger", { ALL_OWNERS_SCOPE: "entries:all" }),
  },
  {
    entry: "services/stock/handler.ts",
    scopes: { "POST /movements": "stock:write", "GET /items/{sku}": "stock:read" },
    requests: async () => ({ "POST /movements": { body: movement() }, "GET /items/{sku}": { path: { sku: "SKU-1" } } }),
    odd: {
      route: "POST /movements",
      good: movement(),
      withNumber: (json) => JSON.stringify(movement()).replace('"quantity":2', `"quantity":${json}`),
    },
    send: onDatabase("stock", { DATABASE_ENGINE: "aurora-mysql" }),
  },
];

/** The claim that names whom a token is for. */
const claimOf = ({ owners }: Target) => owners?.claim ?? "sub";
const everyScope = ({ scopes }: Target) => [...new Set(Object.values(scopes))].join(" ");

type Attack = readonly [string, number, (target: Target, route: string, owner: string) => object | undefined];

/** Those who may not, and what they are told. */
const attackers: readonly Attack[] = [
  ["nobody whom the API knows", 401, () => undefined],
  ["a token of the owner without a scope", 403, (target, _, owner) => tokenOf({ [claimOf(target)]: owner })],
  [
    "a token of the owner with the scopes of other routes",
    403,
    (target, route, owner) =>
      tokenOf({
        [claimOf(target)]: owner,
        scope: [...Object.values(target.scopes), "other:all"]
          .filter((scope) => scope !== target.scopes[route])
          .join(" "),
      }),
  ],
];

/** Those who may ask about something of their own, but not about this. */
const otherOwners: readonly Attack[] = [
  ["a token of another owner", 403, (target) => tokenOf({ [claimOf(target)]: attacker, scope: everyScope(target) })],
  ["a token that names nobody", 403, (target) => tokenOf({ scope: everyScope(target) })],
  [
    "a token for every owner without the scope of the route",
    403,
    (target) => tokenOf({ [claimOf(target)]: attacker, scope: target.owners?.allOwnersScope ?? "" }),
  ],
  [
    "a token with the owner's name in other claims",
    403,
    (target, _, owner) =>
      tokenOf({
        [claimOf(target)]: attacker,
        username: owner,
        "cognito:username": owner,
        email: owner,
        scope: everyScope(target),
      }),
  ],
  ["a principal of AWS", 403, () => signedBy("arn:aws:sts::111122223333:assumed-role/anybody/session")],
  [
    "a session with the owner's name",
    403,
    (_, __, owner) => signedBy(`arn:aws:sts::111122223333:assumed-role/anybody/${owner}`),
  ],
  [
    "a Lambda authorizer that names another",
    403,
    (target) => ({ lambda: { [claimOf(target)]: attacker, scope: everyScope(target) } }),
  ],
];

describe.each(targets)("$entry, attacked", (target) => {
  test.each([...attackers, ...(target.owners ? otherOwners : [])])(
    "refuses %s by %d on each route, and logs it without the token",
    async (_, status, authorizerFor) => {
      const owner = newCustomer();
      for (const [route, parts] of Object.entries(await target.requests(owner))) {
        const authorizer = authorizerFor(target, route, owner);
        const answer = await target.send(route, { ...parts, headers: { ...parts.headers, ...bearer }, authorizer });
        expect([route, answer]).toEqual([route, expect.objectContaining({ status })]);
        expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`${owner}|SKU-1`));
        expect(logs.lines().at(-1)).toMatchObject({
          route,
          status,
          error_code: status === 401 ? "unauthenticated" : "forbidden",
        });
        if (status === 403)
          expect(logs.lines().at(-2)).toMatchObject({ message: "access denied", level: "WARN", route });
      }
      expect(logs.text()).not.toMatch(new RegExp(`${secret}|Bearer|${owner}`));
    },
  );

  const { route, good, withNumber } = target.odd;
  const bodies = Object.entries(oddBodies(good, withNumber, secret));
  test.each(bodies)("refuses a body that is %s as the caller's mistake, and logs none of it", async (_, odd) => {
    const authorizer = tokenOf({ [claimOf(target)]: attacker, scope: everyScope(target) });
    const headers = { ...bearer, ...key(), "content-type": odd.contentType ?? "application/json" };
    const answer = await target.send(route, { authorizer, headers, rawBody: odd.body, calledBase64: odd.base64 });
    expect(answer.status).toBe(odd.status);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(logs.lines().at(-1)).toMatchObject({ message: "request completed", level: "INFO", status: odd.status });
    expect(logs.text()).not.toMatch(new RegExp(`${secret}|Bearer`));
  });
});

// The ledger answers owners in its own test, which has a database.
describe("services/orders/handler.ts, asked by its owner", () => {
  test("answers on each route", async () => {
    const [target] = targets;
    if (!target) throw new Error("nothing is attacked");
    const owner = newCustomer();
    const authorizer = tokenOf({ [claimOf(target)]: owner, scope: everyScope(target) });
    for (const [route, parts] of Object.entries(await target.requests(owner))) {
      expect([route, (await target.send(route, { ...parts, authorizer })).status]).toEqual([
        route,
        route.startsWith("POST") ? 201 : 200,
      ]);
    }
  });
});

// As prod deploys it: the storefront is this service behind a distribution.
describe("services/orders/handler.ts behind a distribution, called past it", () => {
  const originKey = `origin-key-${secret}`;
  let secrets: FakeSecretsManager;
  let storefront: OrdersService;
  beforeAll(async () => {
    secrets = await startFakeSecretsManager(originKey);
    storefront = await OrdersService.start(dynaliteBackend, {
      LOG_LEVEL: "DEBUG",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      ORIGIN_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/storefront/origin-AbCdEf",
      ORIGIN_SECRET_USE: "required",
      ORIGIN_OPEN_ROUTES: "GET /health",
    });
  }, 90_000);
  afterAll(async () => {
    await storefront?.stop();
    await secrets?.stop();
  });

  const proofOf = (path: string, keyOfEdge = originKey) =>
    originProof(keyOfEdge, { method: "GET", host: "api.example.com", path, query: "" }, Date.now());
  const ask = (owner: string, proof?: string) =>
    storefront.send("GET /customers/{customerId}/orders", {
      path: { customerId: owner },
      headers: { ...bearer, ...(proof !== undefined && { "x-origin-proof": proof }) },
      authorizer: tokenOf({ sub: owner, scope: "orders:read" }),
    });

  test("answers what came by the distribution", async () => {
    const owner = newCustomer();
    expect(await ask(owner, proofOf(`/customers/${owner}/orders`))).toMatchObject({ status: 200 });
    expect(secrets.asked.length).toBeGreaterThan(0);
  });

  test.each<[string, (owner: string) => string | undefined]>([
    ["without a proof", () => undefined],
    ["with the proof of another request", () => proofOf("/customers/somebody-else/orders")],
    ["with a proof by a guessed key", (owner) => proofOf(`/customers/${owner}/orders`, "guessed")],
  ])("refuses the owner with a valid token %s by 403, and logs neither the header nor the key", async (_, proofFor) => {
    const owner = newCustomer();
    const proof = proofFor(owner);
    const answer = await ask(owner, proof);
    expect(answer).toMatchObject({ status: 403, body: { status: 403 } });
    expect(logs.lines().map(({ message }) => message)).toContain("not by the distribution");
    const written = `${logs.text()}${JSON.stringify(answer)}`;
    for (const hidden of [originKey, secret, "Bearer", owner, ...(proof ? [proof] : [])]) {
      expect(written).not.toContain(hidden);
    }
  });

  test("answers health checkers in each region", async () => {
    expect((await storefront.send("GET /health", { authorizer: undefined })).status).toBe(200);
  });
});

/** Routes of code in other languages, which test/services/quotes.test.ts attacks, and the scopes that they ask for. */
const attackedInPlace: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "services/quotes/app": { "POST /quotes": "quotes:read" },
};

describe("The environments of this repository", () => {
  const scopesOf = (source?: string) =>
    targets.find(({ entry }) => entry === source)?.scopes ?? attackedInPlace[source ?? ""] ?? {};
  const routes = project.environments.flatMap((environment) =>
    environment.parse().services.flatMap(({ name, api, function: { entry, code } }) =>
      Object.entries(api?.routes ?? {}).map(([key, { authorization, scopes }]) => ({
        at: `${environment.name}, ${name}, ${key}`,
        key,
        source: entry ?? code?.folder,
        authorization,
        scopes,
      })),
    ),
  );

  test("have no route but those that are attacked here, and the open one of health checks", () => {
    expect(routes.length).toBeGreaterThan(20);
    for (const { at, key, source, authorization } of routes) {
      expect([at, key in scopesOf(source) || key === "GET /health"]).toEqual([at, true]);
      if (key !== "GET /health") expect([at, authorization]).not.toEqual([at, "NONE"]);
    }
  });

  test("have API Gateway ask for the scope that the service asks for, too", () => {
    for (const { at, key, source, authorization, scopes } of routes) {
      if (authorization !== "JWT") continue;
      expect([at, scopes]).toEqual([at, [scopesOf(source)[key]]]);
    }
  });
});
