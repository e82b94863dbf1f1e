import type { SignerConfig } from "@aws-sdk/rds-signer";
import { onDemand } from "../aws/on-demand.js";
import type { PasswordSource } from "./login.js";

export interface IamTokenOptions {
  /** The endpoint that is connected to, as the token is signed for it. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly region: string;
  /** The function's own role by default. */
  readonly credentials?: SignerConfig["credentials"];
  /** In milliseconds since 1970; for tests. */
  readonly now?: () => number;
}

/** A token is valid for 15 minutes, for opening connections only; one older than this is replaced. */
const keptMs = 10 * 60_000;

/**
 * The password of a database user that IAM authenticates: signed here, without a call to AWS, and kept for ten minutes. The signer is loaded
 * with the first one.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
 */
export function iamToken({ host, port, user, region, credentials, now = Date.now }: IamTokenOptions): PasswordSource {
  const signer = onDemand(async () => {
    const { Signer } = await import("./rds-signer.js");
    return new Signer({ hostname: host, port, username: user, region, ...(credentials && { credentials }) });
  });
  let kept: { readonly token: string; readonly madeAt: number } | undefined;
  return {
    async password() {
      if (kept === undefined || now() - kept.madeAt >= keptMs) {
        const tokens = await signer();
        const madeAt = now();
        kept = { token: await tokens.getAuthToken(), madeAt };
      }
      return kept.token;
    },
    refresh() {
      kept = undefined;
    },
  };
}
