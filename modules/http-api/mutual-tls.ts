import { z } from "zod";
import { type Report, region, strictObject } from "../core";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html */
const truststore = strictObject(() => ({
  truststoreUri: z
    .string()
    .max(1024)
    .regex(
      /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/,
      "is not the place of a truststore; write s3://<bucket>/<key> of a PEM file with the certificates of your authorities",
    )
    .describe("The truststore: a PEM file in S3 with the certificates of the authorities whose clients may call."),
  truststoreVersion: z
    .string()
    .min(1)
    .max(1024)
    .describe(
      "Version of the S3 object. A new truststore is a new version here, so nobody adds an authority without a plan.",
    ),
}));

export const mutualTls = z.partialRecord(region, truststore);

export type MutualTls = z.output<typeof mutualTls>;

/** Checks the truststores of an API. */
export function checkMutualTls(config: MutualTls, domainName: string | undefined, report: Report): void {
  const regions = Object.keys(config) as (keyof MutualTls)[];
  if (regions.length === 0) {
    report(["mutualTls"], "has no truststore; add one for each region, or remove it");
  }
  if (domainName === undefined) {
    report(
      ["mutualTls"],
      "needs domainName, because API Gateway asks for client certificates on custom domains only; set it, or remove mutualTls",
    );
  }
  const owners = new Map<string, string>();
  for (const name of regions) {
    const bucket = config[name]?.truststoreUri?.split("/")[2];
    if (bucket === undefined) continue;
    const owner = owners.get(bucket);
    if (owner !== undefined) {
      report(
        ["mutualTls", name, "truststoreUri"],
        `is in the bucket of ${owner}, whose loss must not stop this region; keep a copy in a bucket here`,
      );
    }
    owners.set(bucket, name);
  }
}
