import { objectOf } from "../../terraform/json";
import { type AwsRequest, type AwsResponse, xmlError } from "./http";
import type { ObjectStore } from "./objects";

/**
 * The policy of a bucket, as GET, PUT and DELETE of `?policy` read and write it; undefined for another request.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export function answerPolicy(request: AwsRequest, objects: ObjectStore, bucket: string): AwsResponse | undefined {
  if (!request.query.has("policy")) return undefined;
  switch (request.method) {
    case "GET": {
      const policy = objects.policy(bucket);
      if (policy === undefined) return xmlError(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
      return { status: 200, headers: { "content-type": "application/json" }, body: policy };
    }
    case "PUT":
      if (!isJson(request.body.toString("utf8")))
        return xmlError(400, "MalformedPolicy", "Policies must be valid JSON");
      objects.setPolicy(bucket, request.body.toString("utf8"));
      return { status: 204 };
    case "DELETE":
      objects.setPolicy(bucket, undefined);
      return { status: 204 };
    default:
      return undefined;
  }
}

/** What the methods of S3 need of a policy. */
const actions: Readonly<Record<string, string>> = {
  GET: "s3:getobject",
  HEAD: "s3:getobject",
  PUT: "s3:putobject",
  POST: "s3:putobject",
  DELETE: "s3:deleteobject",
};

/**
 * The refusal of a request that the policy of its bucket denies; undefined if it does not. Only denials are looked at, only those for
 * everybody, and only those without conditions: all callers are one here, and what else a policy allows does not matter.
 */
export function deniedByPolicy(
  { method }: AwsRequest,
  objects: ObjectStore,
  bucket: string,
  key: string,
): AwsResponse | undefined {
  const policy = objects.policy(bucket);
  const action = actions[method];
  if (policy === undefined || action === undefined) return undefined;
  const statements = [objectOf(JSON.parse(policy)).Statement].flat().map(objectOf);
  const denies = statements.some(
    ({ Effect: effect, Principal: principal, Action: of, Resource: resource, Condition: condition }) =>
      effect === "Deny" &&
      condition === undefined &&
      (principal === "*" || objectOf(principal).AWS === "*") &&
      texts(of).some((pattern) => matches(pattern.toLowerCase(), action)) &&
      texts(resource).some((pattern) => matches(pattern.replace(/^arn:[^:]*:s3:::/, ""), `${bucket}/${key}`)),
  );
  return denies
    ? xmlError(
        403,
        "AccessDenied",
        `User is not authorized to perform: ${action} with an explicit deny in a resource-based policy`,
      )
    : undefined;
}

const texts = (value: unknown): string[] => [value].flat().filter((one) => typeof one === "string");

/** `*` stands for any text, slashes included, and `?` for one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
