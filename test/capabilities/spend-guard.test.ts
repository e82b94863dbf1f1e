import prod from "../../environments/prod";
import { type Loose, mistakesOf } from "../support/mistakes";

const mistakes = (change: (input: Loose) => void) => mistakesOf(change, prod);

describe("The spend guard", () => {
  test.each<[string, (input: Loose) => void]>([
    [
      "spendGuard.actions[0].services[0]: is no service of the environment, which has orders, ledger, storefront, shipments, picking, quotes, stock, tracking; correct the name",
      (input) => {
        input.spendGuard.actions = [{ name: "stop", threshold: 100, services: ["carts"] }];
      },
    ],
    [
      "spendGuard.actions[0].services[1]: is listed twice; list it once",
      (input) => {
        input.spendGuard.actions = [{ name: "stop", threshold: 100, services: ["orders", "orders"] }];
      },
    ],
    [
      "services[1].brake.invocationsPerMinute: could stop healthy traffic, whose stated peak is 2 a minute; use at least 3, twice the peak",
      (input) => {
        input.services[1].brake.invocationsPerMinute = 2;
      },
    ],
    [
      "services[1].brake.floor: brakes nothing, as the function reserves 100; use less, or reserve more",
      (input) => {
        input.services[1].brake.floor = 100;
      },
    ],
    [
      "services[0].brake.floor: is below the 100 executions that may be provisioned, and Lambda refuses that; use at least 100",
      (input) => {
        input.services[0].brake = { invocationsPerMinute: 1_000_000, floor: 99 };
      },
    ],
    [
      "quotas.lambdaConcurrentExecutions: leaves nothing for the brake in eu-west-1, which reserves 1 so that it runs when everything else is used; reserve less, or have AWS raise the quota and then raise it here",
      (input) => {
        // 825 are reserved, and 100 must stay unreserved.
        input.quotas.lambdaConcurrentExecutions = 925;
      },
    ],
  ])("refuses: %s", (mistake, change) => {
    expect(mistakes(change)).toEqual([mistake]);
  });

  test("lets the brake have the last execution", () => {
    const enough = mistakes((input) => {
      input.quotas.lambdaConcurrentExecutions = 926;
    });
    expect(enough).toEqual([]);
  });
});
