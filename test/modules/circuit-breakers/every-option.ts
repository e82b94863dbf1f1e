import { CircuitBreakers } from "../../../modules/circuit-breakers";
import type { DeploymentStack } from "../../../modules/core";
import { account, alarms, functionIn, key } from "./parts";

/** The breakers of two regions: with every option in use, and with the least. */
export function everyOption(stack: DeploymentStack): void {
  const full = new CircuitBreakers(stack, "full", {
    config: {
      dependencies: [
        {
          name: "carrier",
          endpoints: {
            "eu-central-1": "https://frankfurt.carrier.example.com",
            "eu-west-1": "https://dublin.carrier.example.com/v1",
          },
          fallback: true,
          failures: { percent: 50, calls: 20 },
          openSeconds: 10,
          maxOpenSeconds: 60,
          alarmMinutes: 3,
        },
        { name: "tax-office" },
      ],
    },
    environment: "test",
    region: "eu-west-1",
    account,
    key,
    alarms,
  });
  full.protect(functionIn(stack, "eu-west-1"), ["carrier", "tax-office"]);
  new CircuitBreakers(stack, "least", {
    config: { dependencies: [{ name: "carrier" }] },
    environment: "test",
    region: "eu-central-1",
    account,
    key,
  });
}
