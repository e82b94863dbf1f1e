import { isAvailable, isGlobalType, partitionOf } from "../../values/availability";
import { regionData } from "../../values/data/regions";
import type { Diagnostic } from "../protocol/messages";
import { unlisted } from "./operation";
import { type Call, diagnosticOf, type TypeCalls } from "./refusal";

/** How often the provider calls before it gives up, unless it is told otherwise. */
const attempts = 25;

const domains: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

/** The refusal of a type that the region of the call lacks, or its partition for services without regions. */
export function absentIn(call: Call, calls: TypeCalls | undefined): Diagnostic | undefined {
  const { type, values, cloud } = call;
  const { region } = cloud.place;
  const partition = partitionOf(region);
  if (isAvailable(type, region)) return undefined;
  const place = isGlobalType(type) ? `the partition ${partition}` : region;
  const detail = `In the simulated cloud ${type} is not in ${place}, by the lists of ${regionData.source} and AWS's documentation.`;
  const { service = type, create = { name: "Create", says: () => `creating ${type}` } } = calls ?? {};
  if (calls && !isGlobalType(type)) {
    const answer = unlisted("UnknownOperationException", "");
    return diagnosticOf(calls, create, call, answer, `${detail} AWS may say it in other words.`);
  }
  // Without the service there is no address, and the SDK cannot tell that from a broken network.
  const [, prefix = service] = /^aws_([a-z0-9]+)_/.exec(type) ?? [];
  const host = `${prefix}.${region}.${domains[partition] ?? "amazonaws.com"}`;
  const error =
    `operation error ${service}: ${create.name}, exceeded maximum number of attempts, ${attempts}, https response error StatusCode: 0, ` +
    `RequestID: , request send failed, Post "https://${host}/": dial tcp: lookup ${host}: no such host`;
  return { severity: 1, summary: `${create.says(values)}: ${error}`, detail };
}
