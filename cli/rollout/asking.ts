import type { Aliases, HealthAsking, SyntheticCheck } from "../../rollout";
import { WayBackError } from "../../rollout";
import { alarmStates } from "../aws/alarms";
import { AwsRefusedError } from "../aws/errors";
import { signedRequests } from "../aws/signed-request";
import { type ApiAddress, answerOf } from "./request";

const page = "docs/how-to/review-rollouts.md";

export interface AskingOptions {
  readonly account: string;
  /** The names of the environment's alarms in a region. */
  readonly alarmNames: (region: string) => readonly string[];
  /** Where the API of a service is in a region; undefined if it has none there. */
  readonly address: (check: SyntheticCheck) => ApiAddress | undefined;
}

/** Asks CloudWatch and the APIs of services, with the credentials of the AWS SDK. */
export const healthAsking = ({ account, alarmNames, address }: AskingOptions): HealthAsking => ({
  alarms: (region) => alarmStates(region, alarmNames(region), { account }),
  check: async (check) => {
    const at = address(check);
    return at === undefined
      ? `its API is not in ${check.region}, as the state of its stack says`
      : answerOf(at, check.path, check.expectedStatus);
  },
});

/**
 * The aliases of functions, as Lambda has them.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
 */
export function lambdaAliases(account: string): Aliases {
  const requests = (region: string, doing: string) => signedRequests({ name: "lambda", region, account, doing, page });
  const pathOf = (functionName: string, alias: string) =>
    `/2015-03-31/functions/${encodeURIComponent(functionName)}/aliases/${encodeURIComponent(alias)}`;
  return {
    read: async ({ functionName, alias, region }) => {
      const send = await requests(region, `read the alias ${functionName}:${alias} in ${region} (lambda:GetAlias)`);
      const answer = (await send({ method: "GET", path: pathOf(functionName, alias) })) as {
        readonly FunctionVersion: string;
        readonly RevisionId: string;
      };
      return { version: answer.FunctionVersion, revisionId: answer.RevisionId };
    },
    move: async ({ functionName, alias, region }, version, revisionId) => {
      const send = await requests(region, `move the alias ${functionName}:${alias} in ${region} (lambda:UpdateAlias)`);
      const body = JSON.stringify({
        FunctionVersion: version,
        // Also from a version that has a part of the traffic.
        RoutingConfig: { AdditionalVersionWeights: {} },
        RevisionId: revisionId,
      });
      const headers = { "content-type": "application/json" };
      try {
        await send({ method: "PUT", path: pathOf(functionName, alias), headers, body });
      } catch (error) {
        const message = error instanceof AwsRefusedError ? error.message : "";
        if (message.includes("PreconditionFailedException"))
          throw new WayBackError(
            `${functionName}:${alias} in ${region}: somebody else has changed it at this moment; look who did it, and run the same command again`,
          );
        if (message.includes("ResourceNotFoundException"))
          throw new WayBackError(
            `${functionName}:${alias} in ${region}: version ${version} is there no more, so there is no way back to it; correct the code, and roll it out`,
          );
        throw error;
      }
    },
  };
}
