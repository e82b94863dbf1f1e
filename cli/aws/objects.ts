import type { BaseEnvironment } from "../../contract";
import { awsError } from "./errors";
import { listedKeys } from "./listed-keys";
import { type CredentialsProvider, type SignedService, signedCalls } from "./signed-request";

/** Where objects are, and how they are encrypted, as Terraform's states are. */
export interface ObjectPlace
  extends Pick<Extract<BaseEnvironment["state"], { backend: "s3" }>, "bucket" | "region" | "keyPrefix" | "kmsKeyArn"> {
  /** The account of the environment, which the credentials should be of. */
  readonly account: string;
  /** In place of the credentials of the AWS SDK. */
  readonly credentials?: CredentialsProvider | undefined;
}

/** An object that was read. */
export interface ReadObject {
  readonly body: string;
  /** Tells this content from any other; only for comparisons. */
  readonly etag: string;
}

const page = "docs/how-to/review-rollouts.md";
const maxAttempts = 5;

/**
 * Small objects beside the states of an environment, written and deleted under conditions, so that of two at once one wins.
 * @throws AwsRefusedError where S3 cannot be asked or refuses
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export class StateObjects {
  constructor(private readonly place: ObjectPlace) {}

  /** The key of an object beside the states. */
  keyOf(name: string): string {
    return `${this.place.keyPrefix}/${name}`;
  }

  /** As users read it: `s3://states/evenkeel/prod/prod.rollout-lock.json`. */
  shown(key: string): string {
    return `s3://${this.place.bucket}/${key}`;
  }

  /** Keys of all objects beside the states whose names begin so. */
  async keys(begins: string): Promise<string[]> {
    const prefix = this.keyOf(begins);
    return listedKeys(prefix, async (query) => {
      const answer = await this.call("GET", "", "list", {}, undefined, query);
      await this.check(answer, "list", prefix);
      return answer.text();
    });
  }

  /** Undefined where there is none. */
  async read(key: string): Promise<ReadObject | undefined> {
    const answer = await this.call("GET", key, "read", {});
    if (!answer.ok) {
      const code = await codeOf(answer);
      if (code === "NoSuchKey") return undefined;
      throw this.refused(code, answer.status, "read", key);
    }
    return { body: await answer.text(), etag: answer.headers.get("etag") ?? "" };
  }

  /** @returns its ETag; undefined where there is one already */
  create(key: string, body: string): Promise<string | undefined> {
    return this.write(key, body, { "if-none-match": "*" });
  }

  /** @param etag of the object that it replaces; `*` for any @returns its ETag; undefined where there is another one, or none */
  replace(key: string, body: string, etag: string): Promise<string | undefined> {
    return this.write(key, body, { "if-match": etag });
  }

  /** @param etag of the object that is meant @returns whether it was there, and is gone */
  async remove(key: string, etag: string): Promise<boolean> {
    const answer = await this.call("DELETE", key, "delete", { "if-match": etag });
    if (answer.status === 412 || answer.status === 404 || answer.status === 409) return false;
    await this.check(answer, "delete", key);
    return true;
  }

  private async write(
    key: string,
    body: string,
    condition: Readonly<Record<string, string>>,
  ): Promise<string | undefined> {
    const { kmsKeyArn } = this.place;
    const encryption: Record<string, string> = kmsKeyArn
      ? { "x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn }
      : { "x-amz-server-side-encryption": "AES256" };
    const headers = { "content-type": "application/json", ...encryption, ...condition };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.call("PUT", key, "write", headers, body);
      if (answer.status === 412 || answer.status === 404) {
        const code = await codeOf(answer);
        if (code === "PreconditionFailed" || code === "NoSuchKey") return undefined;
        throw this.refused(code, answer.status, "write", key);
      }
      // Another request for the same object was under way, so that nothing was decided.
      if (answer.status === 409 && attempt < maxAttempts) continue;
      await this.check(answer, "write", key);
      return answer.headers.get("etag") ?? "";
    }
  }

  private async call(
    method: "GET" | "PUT" | "DELETE",
    key: string,
    verb: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
    query?: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const { bucket, region, account, credentials } = this.place;
    const service: SignedService = { name: "s3", region, account, doing: this.doing(verb, key), page, credentials };
    const call = await signedCalls(service);
    return call({
      method,
      path: key === "" ? `/${bucket}` : `/${bucket}/${key}`,
      headers,
      body,
      ...(query && { query }),
    });
  }

  private async check(answer: Response, verb: string, key: string): Promise<void> {
    if (!answer.ok) throw this.refused(await codeOf(answer), answer.status, verb, key);
  }

  private refused(name: string, httpStatusCode: number, verb: string, key: string): unknown {
    const error = Object.assign(new Error(`answered with ${httpStatusCode}`), { name, $metadata: { httpStatusCode } });
    return awsError(error, this.doing(verb, key), this.place.account, page);
  }

  private doing = (verb: string, key: string): string => `${verb} ${this.shown(key)} in ${this.place.region}`;
}

/** S3 names an error in its body. */
async function codeOf(answer: Response): Promise<string> {
  return /<Code>(\w+)<\/Code>/.exec(await answer.text().catch(() => ""))?.[1] ?? "Error";
}
