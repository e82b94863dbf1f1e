import type { ValuesRule } from "../types/type-values";
import { textOf } from "./read";

const beginnings = ["xn--", "sthree-", "amzn-s3-demo-"];
const endings = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const reservedBucketName: ValuesRule = (values) => {
  const bucket = textOf(values, "bucket") ?? "";
  const beginning = beginnings.find((text) => bucket.startsWith(text));
  const ending = endings.find((text) => bucket.endsWith(text));
  const problem = /^\d+\.\d+\.\d+\.\d+$/.test(bucket)
    ? "has the form of an IP address, which S3 does not allow; choose another name"
    : beginning
      ? `begins with ${beginning}, which S3 reserves; choose another name`
      : ending && `ends with ${ending}, which S3 reserves; choose another name`;
  return problem ? [{ path: ["bucket"], problem, received: bucket }] : [];
};
