import { rolloutRules } from "../../config/rules/rollout";
import { type BaseEnvironment, healthyForMinutes, rolloutConfig } from "../../contract";

/** What the rules report of an environment with one service. */
function reported(service: object, checks: object = { orders: [{ path: "/health" }] }): string[] {
  const environment = { services: [{ name: "orders", ...service }], rollout: rolloutConfig.parse({ checks }) };
  const found: string[] = [];
  for (const rule of rolloutRules) {
    const report = (path: readonly PropertyKey[], message: string) => found.push(`${path.join(".")} ${message}`);
    rule.check(environment as unknown as BaseEnvironment, report as never, undefined as never);
  }
  return found;
}

test("Checks between waves are of APIs that answer whoever asks", () => {
  expect(reported({ api: {} })).toEqual([]);
  expect(reported({ api: { mutualTls: {} } })).toEqual([
    "rollout.checks.orders is a service whose API asks for certificates of clients, which a check has not; remove it, and rely on alarms",
  ]);
  expect(reported({ api: {}, edge: {} })).toEqual([
    "rollout.checks.orders is a service behind a distribution, which answers nobody else; remove it, and rely on alarms",
  ]);
  // None is what such a service has without it.
  expect(reported({ api: { mutualTls: {} } }, { orders: [] })).toEqual([]);
});

test("Services must be healthy for ten minutes, in a disposable environment for none, unless the file says", () => {
  const rollout = (input: object) => rolloutConfig.parse(input);
  expect([healthyForMinutes(rollout({}), false), healthyForMinutes(rollout({}), true)]).toEqual([10, 0]);
  expect(healthyForMinutes(rollout({ healthyForMinutes: 3 }), true)).toBe(3);
  expect(rolloutConfig.safeParse({ healthyForMinutes: -1 }).success).toBe(false);
  expect(rolloutConfig.safeParse({ checks: { orders: [{ path: "//other" }] } }).success).toBe(false);
});
