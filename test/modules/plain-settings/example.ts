import type { DeploymentStack, Grantee } from "../../../modules/core";
import { PlainSettings } from "../../../modules/plain-settings";

export function build(stack: DeploymentStack, reader: Grantee): void {
  const settings = new PlainSettings(stack, "settings", {
    config: {
      settings: {
        "sample-rate": { value: "0.05", allowedPattern: "0|1|0\\.\\d{1,4}" },
        "page-size": { value: "50", valueIn: { "eu-central-1": "20" } },
      },
    },
    path: "/prod/orders",
    account: "123456789012",
    regions: ["eu-west-1", "eu-central-1"],
  });
  settings.grantRead(reader);
}
