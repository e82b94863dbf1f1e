import { type AwsRequest, type AwsResponse, xmlError } from "./http";
import type { ObjectStore } from "./objects";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function putObject(
  request: AwsRequest,
  objects: ObjectStore,
  bucket: string,
  key: string,
  body: Buffer,
): AwsResponse {
  if (body.length === 0 && isState(key)) return emptyState(bucket, key);
  const expected = request.header("if-match");
  if (expected !== undefined) {
    const found = objects.get(bucket, key);
    if (!found) return xmlError(404, "NoSuchKey", "The object does not exist.");
    if (isOtherVersion(request, found.etag)) return preconditionFailed();
  }
  const onlyNew = request.header("if-none-match") === "*";
  const etag = onlyNew ? objects.putNew(bucket, key, body) : objects.put(bucket, key, body);
  return etag ? { status: 200, headers: { etag } } : preconditionFailed();
}

/** Whether a request is for another version of the object: `If-Match` with another ETag than it has. */
export function isOtherVersion(request: AwsRequest, etag: string): boolean {
  const expected = request.header("if-match");
  return expected !== undefined && expected !== "*" && expected.replaceAll('"', "") !== etag.replaceAll('"', "");
}

export function preconditionFailed(): AwsResponse {
  return xmlError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
}

/** Whether an object is a state, by its name. */
export const isState = (key: string): boolean => key.endsWith(".tfstate");

/** Terraform takes an empty object for a state without resources, or fails later in words that do not name it. */
export function emptyState(bucket: string, key: string): AwsResponse {
  return xmlError(
    400,
    "EmptyState",
    `The state s3://${bucket}/${key} is empty: it has 0 bytes, as after a write that was cut off. ` +
      "Restore an earlier version of the object, or remove the object if nothing was deployed.",
  );
}
