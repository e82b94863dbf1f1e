import { readEnvironment } from "../../../runtime/environment/environment";
import {
  type AccessRule,
  authorize,
  type OwnershipOptions,
  ownership,
  ownershipFromEnvironment,
  ownershipVariables,
  requireScope,
} from "../../../runtime/http/authorization";
import { callerOf } from "../../../runtime/http/caller";
import { httpApi, type RouteHandler } from "../../../runtime/http/http-api";
import { createLogger } from "../../../runtime/observability/logger";
import { captureLogs, httpEvent, lambdaContext, signedBy, tokenOf } from "../invocation";

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

const secret = "eyJhbGciOi.secret-token";
const role = "arn:aws:iam::111122223333:role/support";
const assumed = "arn:aws:sts::111122223333:assumed-role/support/anna";
const lambdaAuthorizer = (context: object | null) => ({ lambda: context });

/** What a route answers to a caller. */
async function send(route: RouteHandler, authorizer?: object) {
  const logger = createLogger({ service: "things", environment: "test", level: "INFO" });
  const handler = httpApi({ logger, routes: { "GET /things/{id}": route } });
  const event = httpEvent("GET /things/{id}", {
    path: { id: "secret-thing" },
    headers: { authorization: `Bearer ${secret}` },
    authorizer,
  });
  const { statusCode, headers = {}, body } = await handler(event, lambdaContext());
  return { status: statusCode, headers, body: JSON.parse(body ?? "null") };
}

const answer: RouteHandler = () => ({ status: 200, body: {} });
const denials = () => logs.lines().filter(({ message }) => message === "access denied");

describe("The caller of a request", () => {
  const told = async (authorizer: object) =>
    (await send((request) => ({ status: 200, body: callerOf(request) }), authorizer)).body;

  it("is the holder of a token, with its claims and scopes as any issuer writes them", async () => {
    const scopes = async (claims: Record<string, string>) => (await told(tokenOf(claims))).scopes;
    expect(await told(tokenOf({ sub: "c-1" }))).toEqual({ kind: "token", claims: { sub: "c-1" }, scopes: [] });
    expect(await scopes({ scope: "a:read  b" })).toEqual(["a:read", "b"]);
    expect(await scopes({ scp: "[a:read b]" })).toEqual(["a:read", "b"]);
    expect(await scopes({ scope: "a", scp: "a b" })).toEqual(["a", "b"]);
  });

  it("is a principal of AWS, a role without its session", async () => {
    expect(await told(signedBy(assumed))).toEqual({ kind: "iam", principal: role });
    const user = "arn:aws:iam::111122223333:user/people/anna";
    expect(await told(signedBy(user, "eu-west-1:id"))).toEqual({
      kind: "iam",
      principal: user,
      identityId: "eu-west-1:id",
    });
  });

  it("is whom a Lambda authorizer let through", async () => {
    const context = { sub: "c-1", scope: "a", plan: 3 };
    expect(await told(lambdaAuthorizer(context))).toEqual({ kind: "lambda", claims: context, scopes: ["a"] });
  });

  it.each([
    ["there is no authorizer", undefined],
    ["a Lambda authorizer says nothing", lambdaAuthorizer(null)],
    ["the authorizer is a list", []],
    ["a token has no claims", { jwt: { claims: null } }],
    ["a principal has no name", { iam: { userArn: "" } }],
  ])("is unknown where %s, which is 401", async (_, authorizer) => {
    const response = await send((request) => ({ status: 200, body: callerOf(request) }), authorizer as object);
    expect(response).toMatchObject({ status: 401, body: { type: "urn:problem-type:unauthenticated" } });
    expect(response.headers["www-authenticate"]).toBe("Bearer");
  });
});

describe("A route with a rule", () => {
  const status = async (rule: AccessRule, authorizer?: object) =>
    (await send(authorize(rule, answer), authorizer)).status;

  it("lets in who has one of the scopes, and principals of AWS, which have none", async () => {
    const rule = { scopes: ["a:read", "a:all"] };
    expect(await status(rule, tokenOf({ scope: "x a:all" }))).toBe(200);
    expect(await status(rule, lambdaAuthorizer({ scope: "a:read" }))).toBe(200);
    expect(await status(rule, signedBy(assumed))).toBe(200);
  });

  it.each([
    ["none", {}],
    ["another", { scope: "b" }],
    ["one that begins alike", { scope: "a:read-only" }],
    ["the scope in another claim", { permissions: "a:read" }],
    ["two scopes in one", { scope: "a:read,a:all" }],
  ])("refuses a token with %s by 403, and says which scopes it asks for", async (_, claims) => {
    const response = await send(authorize({ scopes: ["a:read", "a:all"] }, answer), tokenOf(claims));
    expect(response).toMatchObject({ status: 403, body: { type: "urn:problem-type:forbidden" } });
    expect(response.headers["www-authenticate"]).toBe('Bearer error="insufficient_scope", scope="a:read a:all"');
    expect(denials()).toEqual([expect.objectContaining({ level: "WARN", denial: "missing-scope", caller: "token" })]);
  });

  it("refuses kinds of callers that it does not name", async () => {
    expect(await status({ callers: ["token"] }, tokenOf({}))).toBe(200);
    expect(await status({ callers: ["token"] }, signedBy(assumed))).toBe(403);
    expect(denials()).toEqual([expect.objectContaining({ denial: "caller-kind", caller: "iam" })]);
  });

  it("is not carried out for anybody without an authorizer", async () => {
    const route = jest.fn(answer);
    expect((await send(authorize({}, route))).status).toBe(401);
    expect(route).not.toHaveBeenCalled();
  });

  it("may ask for a scope within, too", async () => {
    const route: RouteHandler = (request) => {
      requireScope(request, "a:write");
      return { status: 200 };
    };
    expect((await send(route, tokenOf({ scope: "a:write" }))).status).toBe(200);
    expect((await send(route, tokenOf({ scope: "a:read" }))).status).toBe(403);
  });
});

describe("An owner", () => {
  const owned = (options: OwnershipOptions, owner: string, authorizer?: object) => {
    const requireOwner = ownership(options);
    return send((request) => {
      requireOwner(request, owner);
      return { status: 200, body: {} };
    }, authorizer);
  };
  const status = async (...parts: Parameters<typeof owned>) => (await owned(...parts)).status;

  it.each<[string, OwnershipOptions, string, object]>([
    ["the subject of a token", {}, "c-1", tokenOf({ sub: "c-1" })],
    ["in the claim that is named", { claim: "customer_id" }, "c-1", tokenOf({ sub: "x", customer_id: "c-1" })],
    ["in a list of API Gateway's", { claim: "accounts", list: true }, "b", tokenOf({ accounts: "[a b]" })],
    ["in a list of the issuer's", { claim: "accounts", list: true }, "b", tokenOf({ accounts: "a b" })],
    ["in a list of a Lambda authorizer's", { claim: "ids", list: true }, "b", lambdaAuthorizer({ ids: ["a", "b"] })],
    ["whom a Lambda authorizer names", {}, "c-1", lambdaAuthorizer({ sub: "c-1" })],
    ["an identity of a Cognito pool", {}, "eu-west-1:id", signedBy(assumed, "eu-west-1:id")],
    ["anyone, to a bearer of the scope", { allOwnersScope: "all" }, "c-1", tokenOf({ sub: "x", scope: "a all" })],
    ["anyone, to a principal that is named", { allOwnersPrincipals: [role] }, "c-1", signedBy(assumed)],
    [
      "anyone, to a role with a path",
      { allOwnersPrincipals: ["arn:aws:iam::111122223333:role/desk/eu/support"] },
      "c-1",
      signedBy(assumed),
    ],
  ])("is %s", async (_, options, owner, authorizer) => {
    expect(await status(options, owner, authorizer)).toBe(200);
  });

  it.each<[string, OwnershipOptions, string, object]>([
    ["another subject", {}, "bob", tokenOf({ sub: "alice" })],
    ["one that begins alike", {}, "bob", tokenOf({ sub: "bob-2" })],
    ["one in other capitals", {}, "bob", tokenOf({ sub: "Bob" })],
    ["nobody", {}, "bob", tokenOf({})],
    ["nobody, for a request about nobody", {}, "", tokenOf({ sub: "" })],
    ["a member of a claim that is no list", {}, "bob", tokenOf({ sub: "[alice bob]" })],
    ["a list where one is expected", {}, "bob", lambdaAuthorizer({ sub: ["bob"] })],
    ["in a claim that only an object's prototype has", { claim: "constructor" }, "Object", tokenOf({ sub: "bob" })],
    [
      "a role of another name",
      { allOwnersPrincipals: [role] },
      "bob",
      signedBy(assumed.replace("support/", "support2/")),
    ],
    ["a role of another account", { allOwnersPrincipals: [role] }, "bob", signedBy(assumed.replace("1111", "9999"))],
    [
      "a session that is called like the role",
      { allOwnersPrincipals: [role] },
      "bob",
      signedBy("arn:aws:sts::111122223333:assumed-role/x/support"),
    ],
    ["a principal of AWS that is not named", {}, "bob", signedBy(assumed)],
    ["the name of a principal", {}, role, signedBy(assumed)],
    ["a scope that is not asked for", {}, "bob", tokenOf({ sub: "alice", scope: "all" })],
  ])("is not %s, which is 403 and says nothing of what is there", async (_, options, owner, authorizer) => {
    const response = await owned(options, owner, authorizer);
    expect(response).toMatchObject({ status: 403, body: { type: "urn:problem-type:forbidden", status: 403 } });
    expect(JSON.stringify(response.body)).not.toMatch(/bob|alice/);
  });

  it("is logged where it is not the caller: one line to count, without token, claims, path or owner", async () => {
    await owned({}, "secret-owner", tokenOf({ sub: "secret-subject", email: "secret@example.com" }));
    expect(denials()).toEqual([
      expect.objectContaining({
        level: "WARN",
        denial: "not-owner",
        caller: "token",
        route: "GET /things/{id}",
        api_request_id: "api-request-1",
        correlation_id: expect.any(String),
      }),
    ]);
    expect(logs.lines().at(-1)).toMatchObject({ message: "request completed", status: 403, error_code: "forbidden" });
    expect(logs.text()).not.toMatch(/secret/);
  });

  describe("by the variables of a function", () => {
    const check = (variables: Record<string, string>) =>
      ownershipFromEnvironment(readEnvironment(ownershipVariables, variables), { claim: "accounts", list: true });
    const statusOf = async (variables: Record<string, string>, authorizer: object) => {
      const requireOwner = check(variables);
      const route: RouteHandler = (request) => {
        requireOwner(request, "b");
        return { status: 200 };
      };
      return (await send(route, authorizer)).status;
    };

    it("is what the service says, and what the variables change", async () => {
      expect(await statusOf({}, tokenOf({ accounts: "[a b]" }))).toBe(200);
      expect(await statusOf({ OWNER_CLAIM: "owns" }, tokenOf({ accounts: "b" }))).toBe(403);
      expect(await statusOf({ OWNER_CLAIM: "owns" }, tokenOf({ owns: "b" }))).toBe(200);
      expect(await statusOf({ ALL_OWNERS_SCOPE: "all" }, tokenOf({ scope: "all" }))).toBe(200);
      const both = `${role.replace("support", "other")},${role}`;
      expect(await statusOf({ ALL_OWNERS_PRINCIPALS: both }, signedBy(assumed))).toBe(200);
      expect(await statusOf({}, signedBy(assumed))).toBe(403);
    });

    it.each(["*", "support", "arn:aws:iam::*:role/support", `${role}, ${role}`, "arn:aws:iam::111122223333:root"])(
      "is refused at the cold start where a principal is %s",
      (principals) => {
        expect(() => check({ ALL_OWNERS_PRINCIPALS: principals })).toThrow(
          /ALL_OWNERS_PRINCIPALS must be ARNs of IAM roles/,
        );
      },
    );
  });
});
