import { dnsSuffixOf } from "../../modules/core";
import type { PrincipalUse } from "./function-use";

/** How functions of services are traced where it is not by X-Ray, in one region. */
export interface ServiceTelemetry {
  /** Whether their code begins with the runtime's OpenTelemetry. */
  readonly openTelemetry: boolean;
  /** What they are told of their receiver. */
  readonly variables: Readonly<Record<string, string>>;
  /** The layers that trace them. */
  readonly layerArns: readonly string[];
  /** ARN of the secret with the headers of the receiver. */
  readonly headersSecretArn?: string;
  /** ARN of the customer managed key that encrypts the secret. */
  readonly headersKeyArn?: string;
}

/** The name of the variable that tells a function where the headers of its receiver are. */
export const headersSecretVariable = "TRACE_HEADERS_SECRET_ARN";

/** What the code of a service needs to send its traces. */
export function telemetryUse(telemetry: ServiceTelemetry | undefined): PrincipalUse[] {
  if (!telemetry) return [];
  const { variables, headersSecretArn, headersKeyArn } = telemetry;
  return [
    {
      variables: { ...variables, ...(headersSecretArn ? { [headersSecretVariable]: headersSecretArn } : {}) },
      connect: (target) => {
        if (headersSecretArn) {
          target.addToRolePolicy({
            sid: "ReadHeadersOfTraces",
            actions: ["secretsmanager:GetSecretValue"],
            resources: [headersSecretArn],
          });
        }
        if (headersSecretArn && headersKeyArn) {
          target.addToRolePolicy({
            sid: "DecryptHeadersOfTraces",
            actions: ["kms:Decrypt"],
            resources: [headersKeyArn],
            conditions: {
              StringEquals: { "kms:ViaService": `secretsmanager.${target.region}.${dnsSuffixOf(target.region)}` },
            },
          });
        }
      },
    },
  ];
}
