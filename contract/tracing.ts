import { z } from "zod";
import { pinnedImage } from "../modules/container-service";
import { type Report, region, secretArn, secretMark, strictObject, withRule } from "../modules/core";
import { type EndpointService, privateRange } from "../modules/database-network";
import { existingKeys } from "../modules/encryption-key";
import { nameProblem } from "../modules/service-function";
import { urlFlaw } from "../values/https-url";
import { cidrBlock } from "../values/languages";
import { isSecret, isSecretName } from "../values/secrets";

/** The host of an address if it is one of a private network or of this machine, where plain http stays. */
const plainHost = (text: string): string | undefined => {
  const [, host = ""] = /^http:\/\/([^/:?#]+)/.exec(text) ?? [];
  const isHere = host === "localhost" || host === "127.0.0.1";
  return isHere || cidrBlock(`${host}/32`, { version: 4, addresses: "private" }) === undefined ? host : undefined;
};

/** Where OTLP over HTTP is posted to. @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
const otlpEndpoint = z.string().superRefine((text, context) => {
  const host = plainHost(text);
  const flaw = urlFlaw(text, { path: true, plainHosts: host ? [host] : [] });
  const remedy =
    "write https://<host>/v1/traces, or http:// for localhost and private addresses, and put keys into headersSecretArns";
  const problem = flaw ?? (new URL(text).pathname === "/" ? "it has no path" : undefined);
  if (problem) {
    context.addIssue({
      code: "custom",
      message: `is not an endpoint of OTLP over HTTP, because ${problem}; ${remedy}`,
    });
  }
});

const layerArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]{1,140}:\d+$/,
    "is not a layer version; use an ARN that ends in layer:<name>:<version>",
  );

/** Names of headers whose values let somebody in. */
const isSecretHeader = (name: string): boolean =>
  isSecretName(name) || /authorization|cookie|key|token|secret|license/i.test(name);

/** What the toolkit or OpenTelemetry itself says of a function. */
const reservedAttributes = /^(service\.name|deployment\.environment(\.name)?|cloud\.|faas\.|aws\.|telemetry\.)/;

const attributeName = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/;

interface OpenTelemetryFields {
  readonly headers: Readonly<Record<string, string>>;
  readonly resourceAttributes: Readonly<Record<string, string>>;
}

function checkNames({ headers, resourceAttributes }: OpenTelemetryFields, report: Report): void {
  for (const [name, value] of Object.entries(headers)) {
    const at = ["headers", name];
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name)) {
      report(at, "is not the name of a header in lower case; use letters, digits and hyphens");
    } else if (isSecretHeader(name) || isSecret(name, value)) {
      report(
        [...at, secretMark],
        "may be a secret, and would be in the state of Terraform; put it into a secret, and its ARN into headersSecretArns",
      );
    }
  }
  for (const name of Object.keys(resourceAttributes)) {
    const at = ["resourceAttributes", name];
    if (!attributeName.test(name)) {
      report(at, "is not the name of an attribute; use lower-case words joined by dots, team.name");
    } else if (reservedAttributes.test(name)) {
      report(at, "is set for every function, or by Lambda; remove it");
    }
  }
}

/** @param where traces begin: `function` */
const sampleRatio = (where: string) =>
  z
    .number()
    .min(0, "is less than none; use a number from 0 to 1")
    .max(1, "is more than all; use a number from 0 to 1, such as 0.1 for a tenth")
    .default(1)
    .describe(
      `Share of the traces that begin in a ${where} and are recorded, from 0 to 1. A trace that a caller began is recorded if the caller records it.`,
    );

const openTelemetry = withRule(
  strictObject(() => ({
    endpoints: z
      .partialRecord(region, otlpEndpoint)
      .describe(
        "Where spans are posted to, by region, with the path: a vendor's, Jaeger's or a collector's, https://otlp.example.com/v1/traces. One in the region of the functions, so that the loss of another region does not take it away.",
      ),
    headers: z
      .record(z.string(), z.string().min(1).max(500))
      .default({})
      .describe("Headers that are no secrets, such as a tenant; they are in the state of Terraform."),
    headersSecretArns: z
      .partialRecord(region, secretArn)
      .default({})
      .describe(
        'Secrets of Secrets Manager with further headers as a JSON object, {"authorization": "Bearer ..."}, by region: a secret and its replicas. Functions read them; their values are in no configuration, state or variable.',
      ),
    headersKeyArns: existingKeys
      .optional()
      .describe("Customer managed KMS keys that encrypt those secrets, by region; left out for the key of AWS."),
    sampleRatio: sampleRatio("function"),
    timeoutMs: z
      .int()
      .min(50)
      .max(5000)
      .default(500)
      .describe(
        "How long the end of an invocation waits for the receiver at most, in milliseconds. After a failure nobody waits for 10 s.",
      ),
    resourceAttributes: z
      .record(z.string(), z.string().min(1).max(200))
      .default({})
      .describe("Attributes of every span beside those of the service, the environment, the region and the function."),
    privateAccess: strictObject(() => ({
      cidrBlocks: z
        .array(privateRange)
        .min(1)
        .describe("Private addresses of the receiver, as the functions of any region see them."),
    }))
      .optional()
      .describe(
        "Declares that functions in the databases' networks reach the receiver privately, by PrivateLink or peering. That connection, with its routes and names, is created outside of the toolkit. Opens the functions' security group to these addresses, on the port of the endpoints.",
      ),
  })),
  checkNames,
);

const layer = withRule(
  strictObject(() => ({
    arns: z
      .partialRecord(region, layerArn)
      .describe("The version of the layer, by region, for arm64 and the runtimes of the functions."),
    execWrapper: z
      .string()
      .regex(/^\/opt\/[\w./-]{1,200}$/, "is not a file of a layer; write its path, /opt/otel-instrument")
      .optional()
      .describe(
        "Script of the layer that starts the runtime, in AWS_LAMBDA_EXEC_WRAPPER. A function has one only, so nothing else that needs one goes with it, such as the extension of Fault Injection Service.",
      ),
    variables: z
      .record(z.string(), z.string().max(500))
      .default({})
      .describe("What the layer is told by environment variables, no secrets: OTEL_EXPORTER_OTLP_ENDPOINT and others."),
    xray: z
      .boolean()
      .default(false)
      .describe(
        "Whether functions are traced by X-Ray too, which layers need that send to it, such as AWS's own (ADOT).",
      ),
  })),
  ({ variables }, report) => {
    for (const [name, value] of Object.entries(variables)) {
      const problem =
        name === "AWS_LAMBDA_EXEC_WRAPPER" ? "is what execWrapper sets; use it instead" : nameProblem(name);
      if (problem) report(["variables", name], problem);
      else if (isSecret(name, value)) {
        report(
          ["variables", name, secretMark],
          "looks like a secret; keep it in Secrets Manager, and have the layer read it there",
        );
      }
    }
  },
);

const collector = strictObject(() => ({
  image: pinnedImage.describe(
    "Image of a collector of OpenTelemetry with an exporter to X-Ray, pinned by digest: that of AWS's distribution (ADOT), in a private ECR repository that replicates to each region, as tasks in a network that is made reach no public registry.",
  ),
  memoryMebibytes: z
    .int()
    .min(64)
    .max(384)
    .default(128)
    .describe("Memory of a task that the collector may have, in MiB; it ends above it, and the task goes on."),
  sampleRatio: sampleRatio("container"),
}));

/** How the functions of services are traced, where it is not by X-Ray. */
export const tracingConfig = strictObject(() => ({
  openTelemetry: openTelemetry
    .optional()
    .describe(
      "Traces by OpenTelemetry, sent by OTLP over HTTP as protobuf (http/protobuf), from functions whose handlers are made with the runtime. They take no layer; X-Ray is off.",
    ),
  layer: layer
    .optional()
    .describe(
      "Traces by a layer of a vendor's, or by ADOT, in place of what the runtime sends; X-Ray is off unless asked for.",
    ),
  collector: collector
    .optional()
    .describe(
      "Takes the traces of containers to X-Ray, from beside each task; functions are traced by X-Ray without it. Containers have no traces without it and without openTelemetry.",
    ),
}));

/** Whether functions are traced in another way than by X-Ray. */
export const tracesOtherwise = ({ openTelemetry, layer }: TracingConfig | undefined = {}): boolean =>
  openTelemetry !== undefined || layer !== undefined;

/** What containers call to be traced, besides a receiver of their own. */
export const tracingCalls = ({
  openTelemetry,
  collector: beside,
}: TracingConfig | undefined = {}): EndpointService[] => [
  ...(Object.keys(openTelemetry?.headersSecretArns ?? {}).length > 0 ? (["secretsmanager"] as const) : []),
  ...(beside ? (["xray"] as const) : []),
];

/** How the functions of services are traced, with every default filled in. */
export type TracingConfig = z.output<typeof tracingConfig>;
