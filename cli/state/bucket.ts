import { createHash } from "node:crypto";
import type { StateBucket } from "../../contract";
import { type Json, objectOf } from "../../terraform";
import { AwsRefusedError, awsError } from "../aws/errors";
import { listedKeys, unescaped } from "../aws/listed-keys";
import { type SignedRequest, signedCalls } from "../aws/signed-request";

/** Where the states of an environment are in one bucket. */
export interface BucketPlace extends StateBucket {
  readonly keyPrefix: string;
  /** The account of the environment, which the credentials should be of. */
  readonly account: string;
}

/** A state or lock as it lies in a bucket. */
export interface StoredText {
  readonly text: string;
  /** How far S3 is with its replication: PENDING, COMPLETED, FAILED, REPLICA; undefined where nothing is replicated. */
  readonly replication: string | undefined;
  /** When it was written, as HTTP writes it. */
  readonly modified: string;
}

/** A bucket or its region does not answer, or not to these credentials. */
export class UnreachableBucketError extends AwsRefusedError {}

const page = "docs/how-to/keep-state-in-two-regions.md";
const attempts = 3;

/**
 * Reads one bucket of states, and its policy; errors of AWS are told with the region.
 * @throws UnreachableBucketError where the bucket does not answer; AwsRefusedError where it refuses
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class StateBucketClient {
  constructor(readonly place: BucketPlace) {}

  /** As users read it: `s3://states/evenkeel/prod/prod-data.tfstate`. */
  shown(key = ""): string {
    return `s3://${this.place.bucket}${key && `/${key}`}`;
  }

  keyOf(name: string): string {
    return `${this.place.keyPrefix}/${name}`;
  }

  /** Keys below the prefix of the environment. */
  async keys(): Promise<string[]> {
    return listedKeys(`${this.place.keyPrefix}/`, async (query) =>
      this.good("list", await this.ask("list", { method: "GET", path: `/${this.place.bucket}`, query })),
    );
  }

  /** Undefined where there is no such object. */
  async read(key: string): Promise<StoredText | undefined> {
    const answer = await this.ask(`read ${this.shown(key)}`, { method: "GET", path: `/${this.place.bucket}/${key}` });
    if (answer.status === 404) return undefined;
    const text = await this.good(`read ${this.shown(key)}`, answer);
    return {
      text,
      replication: answer.headers.get("x-amz-replication-status") ?? undefined,
      modified: answer.headers.get("last-modified") ?? "",
    };
  }

  /** Texts of the last versions of an object, the current one first. @param count how many at most */
  async versions(key: string, count: number): Promise<string[]> {
    const doing = `list the versions of ${this.shown(key)}`;
    const query = { versions: "", prefix: key, "max-keys": String(count) };
    const listed = await this.good(
      doing,
      await this.ask(doing, { method: "GET", path: `/${this.place.bucket}`, query }),
    );
    const found = [...listed.matchAll(/<Version>(.*?)<\/Version>/gs)].map(([, one = ""]) => one);
    const ids = found
      .filter((one) => unescaped(/<Key>([^<]*)</.exec(one)?.[1] ?? "") === key)
      .map((one) => /<VersionId>([^<]*)</.exec(one)?.[1] ?? "");
    const texts: string[] = [];
    for (const versionId of ids.slice(0, count)) {
      const answer = await this.ask(doing, {
        method: "GET",
        path: `/${this.place.bucket}/${key}`,
        query: { versionId },
      });
      // Expired meanwhile.
      if (answer.status !== 404) texts.push(await this.good(doing, answer));
    }
    return texts;
  }

  /** Writes an object in place of any that is there. */
  async write(key: string, body: string): Promise<void> {
    const doing = `write ${this.shown(key)}`;
    const headers = {
      "content-type": "application/json",
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": this.place.kmsKeyArn,
    };
    await this.good(
      doing,
      await this.ask(doing, { method: "PUT", path: `/${this.place.bucket}/${key}`, headers, body }),
    );
  }

  /** The policy of the bucket; empty for none. */
  async policy(): Promise<Json> {
    const doing = `read the policy of ${this.shown()}`;
    const answer = await this.ask(doing, { method: "GET", path: `/${this.place.bucket}`, query: { policy: "" } });
    return answer.status === 404 ? {} : objectOf(JSON.parse(await this.good(doing, answer)));
  }

  /** @param policy without statements to delete it */
  async setPolicy(policy: Json): Promise<void> {
    const doing = `write the policy of ${this.shown()}`;
    const at = { path: `/${this.place.bucket}`, query: { policy: "" } };
    if ([policy.Statement ?? []].flat().length === 0) {
      await this.good(doing, await this.ask(doing, { ...at, method: "DELETE" }));
      return;
    }
    const body = JSON.stringify(policy);
    // S3 wants a checksum of what it is given here.
    const headers = {
      "content-md5": createHash("md5").update(body).digest("base64"),
      "content-type": "application/json",
    };
    await this.good(doing, await this.ask(doing, { ...at, method: "PUT", headers, body }));
  }

  private async ask(doing: string, request: SignedRequest): Promise<Response> {
    const { region, account } = this.place;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const call = await signedCalls({ name: "s3", region, account, doing: `${doing} in ${region}`, page });
        const answer = await call(request);
        if (answer.status < 500) return answer;
        if (attempt === attempts) throw this.unreachable(doing, `it answers with ${answer.status}`);
      } catch (error) {
        if (error instanceof UnreachableBucketError || !(error instanceof AwsRefusedError)) throw error;
        if (!error.message.includes("does not answer")) throw error;
        if (attempt === attempts) throw this.unreachable(doing, "nobody answers");
      }
    }
  }

  private unreachable(doing: string, why: string): UnreachableBucketError {
    const { bucket, region } = this.place;
    return new UnreachableBucketError(`Cannot ${doing}: the bucket ${bucket} in ${region} cannot be reached: ${why}.`);
  }

  private async good(doing: string, answer: Response): Promise<string> {
    const text = await answer.text();
    if (answer.ok) return text;
    const [, name = "Error"] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
    const { region, account } = this.place;
    throw awsError(
      Object.assign(new Error(`answered with ${answer.status}`), {
        name,
        $metadata: { httpStatusCode: answer.status },
      }),
      `${doing} in ${region}`,
      account,
      page,
    );
  }
}
