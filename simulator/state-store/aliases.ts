import { createHash } from "node:crypto";
import type { Inventory } from "../inventory/inventory";
import type { Thing } from "../inventory/thing";
import type { AwsRequest, AwsResponse } from "./http";

const path = /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/;

interface Update {
  readonly FunctionVersion?: string;
  readonly RevisionId?: string;
}

/**
 * Reads and moves an alias of a function beside Terraform, which then finds it elsewhere.
 * @returns undefined for a call that is not answered
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
 */
export function answerAliases(request: AwsRequest, inventory: Inventory): AwsResponse | undefined {
  const [, fn, name] = (request.service === "lambda" && path.exec(decodeURIComponent(request.path))) || [];
  if (fn === undefined || name === undefined || !["GET", "PUT"].includes(request.method)) return undefined;
  const here = inventory.all().filter(({ place }) => place.region === request.region);
  const alias = here.find(
    ({ type, state }) =>
      type === "aws_lambda_alias" && state.name === name && nameOf(String(state.function_name)) === nameOf(fn),
  );
  if (!alias) return refused(404, "ResourceNotFoundException", `Cannot find alias arn: ${fn}:${name}`);
  if (request.method === "GET") return answered(alias);
  const { FunctionVersion: version, RevisionId: revision } = JSON.parse(request.body.toString("utf8")) as Update;
  if (revision !== undefined && revision !== revisionOf(alias)) {
    return refused(
      412,
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    );
  }
  const its = here.find(({ type, state }) => type === "aws_lambda_function" && state.function_name === nameOf(fn));
  if (version !== undefined && !(Number(version) >= 1 && Number(version) <= Number(its?.state.version)))
    return refused(404, "ResourceNotFoundException", `Function not found: ${fn}:${version}`);
  const state = { ...alias.state, ...(version === undefined ? {} : { function_version: version }), routing_config: [] };
  const moved = { ...alias, state };
  inventory.put(moved);
  return answered(moved);
}

/** A name, or the name in an ARN. */
const nameOf = (given: string): string => /function:([^:]+)/.exec(given)?.[1] ?? given;

/** Changes with the alias; AWS also gives another one to an alias that is put back to where it was. */
const revisionOf = ({ state }: Thing): string =>
  createHash("sha256")
    .update(`${state.function_version} ${JSON.stringify(state.routing_config)}`)
    .digest("hex")
    .slice(0, 32);

const answered = (alias: Thing): AwsResponse => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    AliasArn: alias.state.arn,
    Name: alias.state.name,
    FunctionVersion: alias.state.function_version,
    Description: alias.state.description ?? "",
    RevisionId: revisionOf(alias),
  }),
});

const refused = (status: number, code: string, message: string): AwsResponse => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": code },
  body: JSON.stringify({ Type: "User", Message: message }),
});
