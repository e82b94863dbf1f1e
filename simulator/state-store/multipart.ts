import { createHash, randomUUID } from "node:crypto";
import { type AwsRequest, type AwsResponse, xml, xmlError, xmlText } from "./http";
import type { ObjectStore } from "./objects";
import { putObject } from "./put";

/** An object that comes in parts and is not complete. */
interface Upload {
  readonly bucket: string;
  readonly key: string;
  /** By their numbers, from 1. */
  readonly parts: Map<number, Buffer>;
}

/** Every part but the last has at least so many bytes. */
const leastPart = 5 * 1024 * 1024;

/** Uploads that are not complete, by store: like those of S3 they belong to no object yet. */
const uploads = new WeakMap<ObjectStore, Map<string, Upload>>();

/**
 * The calls with which an SDK's uploader stores what is larger than 5 MiB, as large states are; undefined for any other. The
 * ETag of the object is that of its bytes, where S3 has one of the parts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export function answerMultipart(
  request: AwsRequest,
  objects: ObjectStore,
  bucket: string,
  key: string,
): AwsResponse | undefined {
  const { method, query } = request;
  const open = uploads.get(objects) ?? new Map<string, Upload>();
  uploads.set(objects, open);
  if (method === "POST" && query.has("uploads")) {
    const id = randomUUID();
    open.set(id, { bucket, key, parts: new Map() });
    return xml(200, element("InitiateMultipartUploadResult", { Bucket: bucket, Key: key, UploadId: id }));
  }
  const id = query.get("uploadId");
  if (id === null) return undefined;
  const upload = open.get(id);
  if (upload?.bucket !== bucket || upload.key !== key) {
    return xmlError(404, "NoSuchUpload", "The upload does not exist: it was completed or aborted, or its id is wrong.");
  }
  switch (method) {
    case "PUT":
      return uploadPart(request, upload);
    case "GET":
      return listParts(upload, id);
    case "DELETE":
      open.delete(id);
      return { status: 204 };
    case "POST":
      return complete(request, objects, upload, () => open.delete(id));
    default:
      return undefined;
  }
}

function uploadPart({ query, body }: AwsRequest, { parts }: Upload): AwsResponse {
  const number = Number(query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    return xmlError(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
  }
  parts.set(number, body);
  return { status: 200, headers: { etag: etagOf(body) } };
}

function listParts({ bucket, key, parts }: Upload, id: string): AwsResponse {
  const listed = [...parts]
    .sort(([one], [other]) => one - other)
    .map(([number, body]) => element("Part", { PartNumber: number, ETag: etagOf(body), Size: body.length }));
  const head = fields({ Bucket: bucket, Key: key, UploadId: id, IsTruncated: "false" });
  return xml(200, `<ListPartsResult>${head}${listed.join("")}</ListPartsResult>`);
}

function complete(request: AwsRequest, objects: ObjectStore, upload: Upload, done: () => void): AwsResponse {
  const { bucket, key, parts } = upload;
  const asked = [...request.body.toString("utf8").matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = ""]) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: /<ETag>(.*?)</.exec(part)?.[1]?.replace(/&quot;|&#34;|"/g, ""),
  }));
  const bodies = asked.map(({ number }) => parts.get(number));
  const present = bodies.filter((body) => body !== undefined);
  const changed = asked.some(({ etag }, index) => {
    const body = bodies[index];
    return !body || (etag !== undefined && etagOf(body) !== `"${etag}"`);
  });
  if (asked.length === 0) return xmlError(400, "MalformedXML", "The XML that you provided names no part.");
  if (changed) return xmlError(400, "InvalidPart", "One or more of the specified parts could not be found.");
  if (asked.some(({ number }, index) => index > 0 && number <= (asked[index - 1]?.number ?? 0))) {
    return xmlError(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
  }
  if (present.slice(0, -1).some((body) => body.length < leastPart)) {
    return xmlError(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed object size.");
  }
  const stored = putObject(request, objects, bucket, key, Buffer.concat(present));
  if (stored.status !== 200) return stored;
  done();
  const etag = stored.headers?.etag ?? "";
  return xml(200, element("CompleteMultipartUploadResult", { Bucket: bucket, Key: key, ETag: etag }));
}

function element(name: string, values: Readonly<Record<string, string | number>>): string {
  return `<${name}>${fields(values)}</${name}>`;
}

function fields(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${xmlText(String(value))}</${name}>`)
    .join("");
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}
