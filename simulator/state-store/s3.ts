import { type AwsRequest, type AwsResponse, xml, xmlError, xmlText } from "./http";
import type { ObjectStore } from "./objects";

const pageSize = 1000;

/**
 * The part of S3 that Terraform's S3 backend uses, in path style: objects, conditional creation (the backend's native
 * lock) and listing (its workspaces). Every bucket exists. Undefined for anything else.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function answerS3(request: AwsRequest, objects: ObjectStore): AwsResponse | undefined {
  const [bucket = "", ...rest] = request.path.slice(1).split("/").map(decodeURIComponent);
  const key = rest.join("/");
  if (!bucket) return undefined;
  if (key) return answerObject(request, objects, bucket, key);
  if (request.method === "HEAD") return { status: 200, headers: { "x-amz-bucket-region": request.region } };
  const isList = request.method === "GET" && (request.query.get("list-type") === "2" || request.query.has("prefix"));
  return isList ? list(request, objects, bucket) : undefined;
}

function answerObject(request: AwsRequest, objects: ObjectStore, bucket: string, key: string): AwsResponse | undefined {
  switch (request.method) {
    case "GET":
    case "HEAD": {
      const found = objects.get(bucket, key);
      if (!found)
        return xmlError(404, request.method === "HEAD" ? "NotFound" : "NoSuchKey", "The object does not exist.");
      const headers = { etag: found.etag, "last-modified": found.modified.toUTCString() };
      const length = { "content-length": String(found.body.length), "content-type": "application/octet-stream" };
      return { status: 200, headers: { ...headers, ...length }, ...(request.method === "GET" && { body: found.body }) };
    }
    case "PUT": {
      if (request.query.size > 0 && !request.query.has("x-id")) return undefined;
      const onlyNew = request.header("if-none-match") === "*";
      const etag = onlyNew ? objects.putNew(bucket, key, request.body) : objects.put(bucket, key, request.body);
      if (etag) return { status: 200, headers: { etag } };
      return xmlError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }
    case "DELETE":
      objects.delete(bucket, key);
      return { status: 204 };
    default:
      return undefined;
  }
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
