import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../errors";
import type { Inventory } from "../inventory/inventory";
import { Alarms } from "./alarms";
import { answerAliases } from "./aliases";
import { type AwsRequest, type AwsResponse, readRequest, xml, xmlError, xmlText } from "./http";
import { answerKms, type KeyStates } from "./kms";
import type { ObjectStore } from "./objects";
import { answerPlanning } from "./planning";
import { answerS3 } from "./s3";

/** Takes the place of AWS: Terraform's S3 backend works with it, and any other call is refused by name. */
export interface StateStore {
  /** Endpoint for every AWS SDK on this machine. */
  url: string;
  /** Calls that were refused, as `<service> <action>`: in a simulation nothing should call AWS. */
  refused: string[];
  stop(): Promise<void>;
}

export interface StateStoreOptions {
  objects: ObjectStore;
  account: string;
  /** What stands in the cloud; without it, neither alarms nor aliases are answered. */
  inventory?: Inventory;
  /** Where states of alarms are kept; required with an inventory. */
  alarmFile?: string;
  /** States of KMS keys; those that it does not know are taken to be there. */
  keyStates?: KeyStates;
}

/** Listens on a free port of the loopback interface. */
export async function startStateStore({
  objects,
  account,
  inventory,
  alarmFile,
  keyStates,
}: StateStoreOptions): Promise<StateStore> {
  const refused: string[] = [];
  const alarms = inventory && alarmFile ? new Alarms(inventory, alarmFile) : undefined;
  const standing = (request: AwsRequest): AwsResponse | undefined =>
    inventory && (alarms?.answer(request) ?? answerAliases(request, inventory));
  const server = createServer((message, response) => {
    readRequest(message)
      .then((request) => standing(request) ?? answer(request, objects, account, refused, keyStates))
      .catch((error: unknown) => xmlError(500, "InternalError", messageOf(error)))
      .then((answered) => send(response, answered))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    refused,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: AwsRequest,
  objects: ObjectStore,
  account: string,
  refused: string[],
  keyStates?: KeyStates,
): AwsResponse {
  const answered =
    request.service === "sts"
      ? answerSts(request, account)
      : request.service === "s3" || request.service === ""
        ? answerS3(request, objects)
        : request.service === "kms"
          ? answerKms(request, account, keyStates)
          : answerPlanning(request, account);
  if (answered) return answered;
  refused.push(`${request.service} ${request.action}`);
  return refuse(request);
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function answerSts(request: AwsRequest, account: string): AwsResponse | undefined {
  if (request.action !== "GetCallerIdentity") return undefined;
  return xml(
    200,
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      `<Arn>arn:aws:iam::${account}:user/simulated</Arn><UserId>AIDASIMULATED</UserId><Account>${account}</Account>` +
      "</GetCallerIdentityResult><ResponseMetadata><RequestId>simulated</RequestId></ResponseMetadata>" +
      "</GetCallerIdentityResponse>",
  );
}

/** An error that no SDK retries, in the format that the service's SDK reads. */
function refuse(request: AwsRequest): AwsResponse {
  const code = "SimulatedCloudRefused";
  const text =
    `The simulated cloud does not answer ${request.service || "unsigned"} calls (${request.action}); ` +
    "it holds Terraform state, and answers for alarms and aliases.";
  if (/json/.test(request.header("content-type") ?? "")) {
    return {
      status: 400,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code },
      body: JSON.stringify({ __type: code, message: text }),
    };
  }
  const error = `<Error><Code>${code}</Code><Message>${xmlText(text)}</Message></Error>`;
  if (request.service === "s3") return xml(400, error);
  if (request.service === "ec2") return xml(400, `<Response><Errors>${error}</Errors></Response>`);
  return xml(400, `<ErrorResponse>${error}</ErrorResponse>`);
}

function send(response: ServerResponse, { status, headers, body }: AwsResponse): void {
  response.writeHead(status, { "x-amz-request-id": "simulated", ...headers });
  response.end(body);
}
