import type { DeploymentStack } from "../../../modules/core";
import { FunctionLayer } from "../../../modules/function-layer";
import type { ServiceFunction } from "../../../modules/service-function";

export function trustPartners(stack: DeploymentStack, shipments: ServiceFunction): FunctionLayer {
  const certificates = new FunctionLayer(stack, "partner-certificates", {
    config: { folder: "layers/partner-certificates", description: "Certificates of partners, in /opt/certs" },
    name: "prod-partner-certificates",
    region: "eu-west-1",
  });
  shipments.addLayer(certificates);
  return certificates;
}
