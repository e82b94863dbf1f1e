import { awsError } from "../aws/errors";
import type { CredentialsProvider } from "../aws/signed-request";

/** Who reads of another environment. */
export interface Reader {
  readonly roleArn?: string | undefined;
  readonly profile?: string | undefined;
}

const page = "docs/how-to/review-rollouts.md";

/**
 * The credentials of a role or of a profile; undefined for the caller's own, as the AWS SDK finds them.
 * @throws AwsRefusedError, when they are asked for, where the role may not be assumed
 */
export async function credentialsOf(
  { roleArn, profile }: Reader,
  region: string,
): Promise<CredentialsProvider | undefined> {
  if (roleArn === undefined && profile === undefined) return undefined;
  const { AssumeRoleCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ region, profile });
  if (roleArn === undefined) return client.config.credentials;
  return async () => {
    const asked = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "evenkeel-promotion" });
    const { Credentials: given } = await client.send(asked).catch((error: unknown) => {
      throw awsError(error, `assume ${roleArn}`, roleArn.split(":")[4] ?? "", page);
    });
    return {
      accessKeyId: given?.AccessKeyId ?? "",
      secretAccessKey: given?.SecretAccessKey ?? "",
      sessionToken: given?.SessionToken,
    };
  };
}
