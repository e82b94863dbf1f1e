import { Construct } from "constructs";
import { iamRole, setRoleSettings } from "../../../modules/core";
import { EventBus } from "../../../modules/event-bus";
import { EventEndpoint } from "../../../modules/event-endpoint";
import { ServiceFunction } from "../../../modules/service-function";
import { synth } from "../../support/synth";
import { minimalProps } from "../service-function/every-option";
import { account, key } from "../service-function/fixtures/references";

const boundary = `arn:aws:iam::${account}:policy/boundary`;
const other = `arn:aws:iam::${account}:policy/other`;

describe("The settings of roles", () => {
  test("are those of the nearest construct that sets each", () => {
    const roles = synth((stack) => {
      setRoleSettings(stack, { path: "/stack/", permissionsBoundaryArn: boundary });
      const inner = new Construct(stack, "inner");
      setRoleSettings(inner, { path: "/inner/", permissionsBoundaryArn: undefined });
      for (const [scope, id] of [
        [stack, "outer"],
        [inner, "role"],
      ] as const) {
        const provider = stack.providers.in("eu-west-1");
        iamRole(scope, id, { provider, name: id, assumeRolePolicy: "{}" });
      }
    });
    expect(roles.at("aws_iam_role.outer")).toMatchObject({ path: "/stack/", permissions_boundary: boundary });
    expect(roles.at("aws_iam_role.inner_role")).toMatchObject({ path: "/inner/", permissions_boundary: boundary });
  });

  test("of a module alone are its own props, before those of the stack", () => {
    const roles = synth((stack) => {
      setRoleSettings(stack, { path: "/stack/", permissionsBoundaryArn: other });
      const [home, standby] = (["eu-west-1", "eu-central-1"] as const).map(
        (region) => new EventBus(stack, `bus-${region}`, { config: {}, name: "test", region, account, key }),
      );
      if (!home || !standby) throw new Error("no bus");
      const roles = { path: "/events/", permissionsBoundaryArn: boundary };
      new EventEndpoint(stack, "endpoint", { config: {}, name: "test", account, home, standby, roles });
      const fn = new ServiceFunction(stack, "fn", { ...minimalProps("eu-west-1"), rolePath: "/functions/" });
      expect(fn.literalRoleArn).toBe(`arn:aws:iam::${account}:role/functions/test-minimal-eu-west-1`);
      const inherited = new ServiceFunction(stack, "inherits", { ...minimalProps("eu-west-1"), name: "inherits" });
      expect(inherited.literalRoleArn).toBe(`arn:aws:iam::${account}:role/stack/inherits-eu-west-1`);
    });
    const all = Object.entries(roles.resource.aws_iam_role ?? {});
    const endpoint = all.filter(([address]) => address.startsWith("endpoint"));
    expect(endpoint.length).toBeGreaterThan(1);
    for (const [, role] of endpoint) expect(role).toMatchObject({ path: "/events/", permissions_boundary: boundary });
    expect(roles.at("aws_iam_role.fn_execution_role")).toMatchObject({
      path: "/functions/",
      permissions_boundary: other,
    });
  });
});
