import { SignatureV4 } from "@smithy/signature-v4";
import { dnsSuffix } from "../../runtime/aws/dns-suffix.js";
import { Sha256 } from "../../runtime/aws/sha256.js";
import { abortedBy } from "../../runtime/invocation/time.js";

/** The state of a CloudWatch alarm. */
export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** Which alarm to ask for, and how. */
export interface AlarmStateOptions {
  readonly region: string;
  readonly alarmName: string;
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]["credentials"];
  /** For tests and private endpoints; CloudWatch's of the region by default. */
  readonly endpoint?: string;
}

/** CloudWatch did not return the state of an alarm. */
export class AlarmStateError extends Error {
  override readonly name = "AlarmStateError";
}

/** For the one request. */
const timeoutMs = 3_000;

/**
 * The state of one alarm, within 3 s: a single signed request, for which an SDK client would be a large bundle.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 * @throws AlarmStateError when CloudWatch does not answer or has no such alarm
 */
export async function alarmState({ region, alarmName, credentials, endpoint }: AlarmStateOptions): Promise<AlarmState> {
  const url = new URL(endpoint ?? `https://monitoring.${region}.${dnsSuffix(region)}`);
  const signer = new SignatureV4({ service: "monitoring", region, credentials, sha256: Sha256 });
  const request = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: "/",
    headers: {
      host: url.host,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "GraniteServiceVersion20100801.DescribeAlarms",
    },
    body: JSON.stringify({ AlarmNames: [alarmName], AlarmTypes: ["MetricAlarm"] }),
  });
  const { host: _, ...headers } = request.headers;
  const signal = abortedBy(AbortSignal.timeout(timeoutMs));
  const answer = await fetch(url, { method: "POST", headers, body: request.body, signal }).catch((error: Error) => {
    throw new AlarmStateError(`CloudWatch does not answer (${error.name}); check the function's network.`);
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new AlarmStateError(`CloudWatch answered with ${answer.status}; check the function's permissions.`);
  }
  const { MetricAlarms = [] } = (await answer.json()) as { MetricAlarms?: { StateValue?: AlarmState }[] };
  const state = MetricAlarms[0]?.StateValue;
  if (state) return state;
  throw new AlarmStateError(`There is no alarm ${alarmName}; deploy the canary again.`);
}
