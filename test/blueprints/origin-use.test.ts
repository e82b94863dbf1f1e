import { edgeSiteConfig, routeGuards } from "../../blueprints/edge-site";
import { originUse, type ServiceOrigin } from "../../blueprints/regional-service/origin-use";
import { parseConfig } from "../../modules/core";

const edge = (originSecret?: object) => parseConfig(edgeSiteConfig, { ...(originSecret && { originSecret }) }, "test");
const routes = {
  "GET /health": { authorization: "NONE" },
  "GET /status": { authorization: "NONE" },
  "POST /orders": { authorization: "AWS_IAM" },
  "GET /orders": { authorization: "JWT" },
  "GET /partners": { authorization: "CUSTOM" },
};

describe("What a route behind a distribution asks for", () => {
  test("is a signature for AWS_IAM, and a proof for all others but the open one of health checks", () => {
    expect(Object.fromEntries(routeGuards(routes, edge()))).toEqual({
      "GET /health": "none",
      "GET /status": "proof",
      "POST /orders": "signature",
      "GET /orders": "proof",
      "GET /partners": "proof",
    });
  });

  test("is nothing for those that the file opens, in place of the usual one", () => {
    const guards = routeGuards(routes, edge({ openRoutes: ["GET /status"] }));
    expect([guards.get("GET /status"), guards.get("GET /health")]).toEqual(["none", "proof"]);
    expect([...routeGuards(routes, edge({ openRoutes: [] })).values()]).not.toContain("none");
  });

  test("is a signature also where the route of health checks has one", () => {
    const guards = routeGuards({ "GET /health": { authorization: "AWS_IAM" } }, edge());
    expect(guards.get("GET /health")).toBe("signature");
  });

  test("is required unless the file says otherwise", () => {
    expect(edge().originSecret).toMatchObject({ use: "required", version: 1 });
  });
});

describe("A function behind a distribution", () => {
  const granted: unknown[] = [];
  const origin: ServiceOrigin = {
    secret: {
      arnIn: (region) => `arn:aws:secretsmanager:${region}:111122223333:secret:prod/shop/origin-AbCdEf`,
      grantRead: (grantee) => granted.push(grantee),
    },
    use: "sent",
    openRoutes: ["GET /health", "GET /status"],
  };

  test("is told the name of the key in its region, and no value of it", () => {
    expect(originUse(origin, "eu-central-1").map(({ variables }) => variables)).toEqual([
      {
        ORIGIN_SECRET_ARN: origin.secret.arnIn("eu-central-1"),
        ORIGIN_SECRET_USE: "sent",
        ORIGIN_OPEN_ROUTES: "GET /health,GET /status",
      },
    ]);
  });

  test("may read it", () => {
    const target = { region: "eu-central-1", addToRolePolicy: () => undefined };
    for (const { connect } of originUse(origin, "eu-central-1")) connect?.(target as never);
    expect(granted).toEqual([target]);
  });

  test("is told nothing without one", () => {
    expect(originUse(undefined, "eu-west-1")).toEqual([]);
  });
});
