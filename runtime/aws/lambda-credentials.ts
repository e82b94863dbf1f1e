/** Credentials in the shape that AWS SDK clients take. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Stands in for `@aws-sdk/credential-provider-node` when a function is bundled (esbuild's `alias`): Lambda passes the
 * role's credentials in environment variables, so the SDK's readers of profiles, SSO, web identities and instance metadata
 * are not needed. The provider rejects when the variables are absent, that is, outside Lambda.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      "AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is missing; Lambda sets both, elsewhere set them or bundle without the alias.",
    );
  }
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN };
};
