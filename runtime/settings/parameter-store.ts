import { GetParametersByPathCommand, type GetParametersByPathResult, type SSMClient } from "@aws-sdk/client-ssm";
import { createSsmClient } from "./ssm-client.js";

/** Reads one page of the parameters right below a path. */
export type PageReader = (path: string, nextToken: string | undefined) => Promise<GetParametersByPathResult>;

/** What reading settings needs of the SDK, in a file of its own, so that it is loaded with the first read. */
export function pageReader(region: string, client: SSMClient = createSsmClient(region)): PageReader {
  return (path, nextToken) => client.send(new GetParametersByPathCommand({ Path: path, NextToken: nextToken }));
}
