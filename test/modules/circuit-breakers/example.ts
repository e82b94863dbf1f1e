import { CircuitBreakers } from "../../../modules/circuit-breakers";
import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import type { ServiceFunction } from "../../../modules/service-function";

export function build(stack: DeploymentStack, key: RegionalKey, shipments: ServiceFunction): CircuitBreakers {
  const breakers = new CircuitBreakers(stack, "circuit-breakers", {
    config: {
      dependencies: [
        {
          name: "carrier",
          endpoints: {
            "eu-west-1": "https://dublin.carrier.example.com",
            "eu-central-1": "https://frankfurt.carrier.example.com",
          },
          fallback: true,
        },
      ],
    },
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    key,
  });
  breakers.protect(shipments, ["carrier"]);
  return breakers;
}
