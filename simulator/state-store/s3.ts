import { answerPolicy, deniedByPolicy } from "./bucket-policy";
import { type AwsRequest, type AwsResponse, xml, xmlError, xmlText } from "./http";
import { answerMultipart } from "./multipart";
import type { ObjectStore } from "./objects";
import { emptyState, isOtherVersion, isState, preconditionFailed, putObject } from "./put";

const pageSize = 1000;

/**
 * The part of S3 that Terraform's S3 backend uses, in path style: objects, in parts where they are large, conditional creation (the backend's
 * native lock), listing (its workspaces) and the policy of a bucket. Every bucket exists. Undefined for anything else.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function answerS3(request: AwsRequest, objects: ObjectStore): AwsResponse | undefined {
  const [bucket = "", ...rest] = request.path.slice(1).split("/").map(decodeURIComponent);
  const key = rest.join("/");
  if (!bucket) return undefined;
  if (objects.isLost(bucket)) return xmlError(503, "ServiceUnavailable", "The region of the bucket is gone.");
  if (key) return deniedByPolicy(request, objects, bucket, key) ?? answerObject(request, objects, bucket, key);
  const policy = answerPolicy(request, objects, bucket);
  if (policy) return policy;
  if (request.method === "GET" && request.query.has("versions")) return listVersions(request, objects, bucket);
  if (request.method === "HEAD") return { status: 200, headers: { "x-amz-bucket-region": request.region } };
  const isList = request.method === "GET" && (request.query.get("list-type") === "2" || request.query.has("prefix"));
  return isList ? list(request, objects, bucket) : undefined;
}

function answerObject(request: AwsRequest, objects: ObjectStore, bucket: string, key: string): AwsResponse | undefined {
  const upload = answerMultipart(request, objects, bucket, key);
  if (upload) return upload;
  switch (request.method) {
    case "GET":
    case "HEAD":
      return getObject(request, objects, bucket, key);
    case "PUT":
      if (request.query.size > 0 && !request.query.has("x-id")) return undefined;
      return putObject(request, objects, bucket, key, request.body);
    case "DELETE":
      return deleteObject(request, objects, bucket, key);
    default:
      return undefined;
  }
}

/**
 * AWS's page says what a condition does where there is an object; without one it is taken not to hold.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
function deleteObject(request: AwsRequest, objects: ObjectStore, bucket: string, key: string): AwsResponse {
  if (request.header("if-match") !== undefined) {
    const found = objects.get(bucket, key);
    if (!found || isOtherVersion(request, found.etag)) return preconditionFailed();
  }
  objects.delete(bucket, key);
  return { status: 204 };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function getObject(request: AwsRequest, objects: ObjectStore, bucket: string, key: string): AwsResponse {
  const isHead = request.method === "HEAD";
  const id = request.query.get("versionId");
  const version = id === null ? undefined : objects.versions(bucket, key).find((one) => one.id === id);
  if (id !== null && !version) return xmlError(404, "NoSuchVersion", "The specified version does not exist.");
  const current = objects.get(bucket, key);
  const found = current && version ? { ...current, body: version.body, versionId: version.id } : current;
  if (!found) return xmlError(404, isHead ? "NotFound" : "NoSuchKey", "The object does not exist.");
  if (isOtherVersion(request, found.etag)) return preconditionFailed();
  if (!isHead && found.body.length === 0 && isState(key)) return emptyState(bucket, key);
  const range = rangeOf(request, found.body.length);
  if (range === "unsatisfiable") return xmlError(416, "InvalidRange", "The requested range is not satisfiable");
  const body = range ? found.body.subarray(range.first, range.last + 1) : found.body;
  return {
    status: range ? 206 : 200,
    headers: {
      etag: found.etag,
      "last-modified": found.modified.toUTCString(),
      "accept-ranges": "bytes",
      "content-length": String(body.length),
      "content-type": "application/octet-stream",
      ...(found.versionId !== undefined && { "x-amz-version-id": found.versionId }),
      ...(found.replication !== undefined && { "x-amz-replication-status": found.replication }),
      ...(range && { "content-range": `bytes ${range.first}-${range.last}/${found.body.length}` }),
    },
    ...(!isHead && { body }),
  };
}

/**
 * The bytes that a request asks for; undefined for all of them. Only one range is known, as S3 knows only one.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
function rangeOf(request: AwsRequest, length: number): { first: number; last: number } | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.header("range") ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === "" || to === "" ? length - 1 : Math.min(Number(to), length - 1);
  return first > last ? "unsatisfiable" : { first, last };
}

/**
 * Versions of the objects below a prefix, on one page.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
function listVersions(request: AwsRequest, objects: ObjectStore, bucket: string): AwsResponse {
  const prefix = request.query.get("prefix") ?? "";
  const versions = objects
    .list(bucket, prefix)
    .flatMap((key) =>
      objects
        .versions(bucket, key)
        .map(
          ({ id }, index) =>
            `<Version><Key>${xmlText(key)}</Key><VersionId>${id}</VersionId><IsLatest>${index === 0}</IsLatest></Version>`,
        ),
    );
  return xml(
    200,
    `<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xmlText(bucket)}</Name>` +
      `<Prefix>${xmlText(prefix)}</Prefix><IsTruncated>false</IsTruncated>${versions.join("")}</ListVersionsResult>`,
  );
}

function list(request: AwsRequest, objects: ObjectStore, bucket: string): AwsResponse {
  const prefix = request.query.get("prefix") ?? "";
  const delimiter = request.query.get("delimiter") ?? "";
  const after = request.query.get("continuation-token") ?? request.query.get("start-after") ?? "";
  const limit = Math.min(Number(request.query.get("max-keys") ?? pageSize), pageSize);
  const keys = objects.list(bucket, prefix).filter((key) => key > after);
  const page = keys.slice(0, limit);
  const folders = new Set<string>();
  const contents: string[] = [];
  for (const key of page) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (end >= 0) folders.add(key.slice(0, end + delimiter.length));
    else contents.push(key);
  }
  const truncated = keys.length > page.length;
  const last = page[page.length - 1];
  return xml(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xmlText(bucket)}</Name>` +
      `<Prefix>${xmlText(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys>` +
      `<IsTruncated>${truncated}</IsTruncated>` +
      (truncated && last ? `<NextContinuationToken>${xmlText(last)}</NextContinuationToken>` : "") +
      contents.map((key) => `<Contents><Key>${xmlText(key)}</Key></Contents>`).join("") +
      [...folders].map((folder) => `<CommonPrefixes><Prefix>${xmlText(folder)}</Prefix></CommonPrefixes>`).join("") +
      "</ListBucketResult>",
  );
}
