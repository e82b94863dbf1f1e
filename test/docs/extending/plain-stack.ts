import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { PlainSettings, setRoleSettings } from "../../../index";

export class TeamStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    setRoleSettings(this, { permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/platform-boundary" });
    new PlainSettings(this, "settings", {
      config: { settings: { "page-size": { value: "20", description: "Orders on a page of a list" } } },
      path: "/team/orders",
      account: "123456789012",
      regions: ["eu-west-1"],
    });
  }
}
