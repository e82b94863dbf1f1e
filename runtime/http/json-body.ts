import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { InvalidInputError, PayloadTooLargeError, UnsupportedMediaTypeError } from "../errors/service-errors.js";
import { isStorable, notStorable } from "../invocation/text.js";
import { hasDuplicateMembers } from "./duplicate-members.js";

const jsonMediaType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

const malformed = (detail: string) => new InvalidInputError([{ in: "body", pointer: "#", detail }]);

/**
 * The parsed JSON body of a request, base64 or not, of at most `limit` bytes.
 * Throws UnsupportedMediaTypeError, PayloadTooLargeError, or InvalidInputError when it is absent, not UTF-8, not JSON, or
 * has a member of an object twice.
 */
export function readJsonBody(event: APIGatewayProxyEventV2, limit: number): unknown {
  if (!event.body) {
    throw malformed("Invalid input: a JSON body is required");
  }
  if (!jsonMediaType.test(event.headers["content-type"] ?? "")) {
    throw new UnsupportedMediaTypeError("Send the body as JSON, with the header content-type: application/json.");
  }
  // Turned into bytes, half of a surrogate pair would become another character.
  if (!isStorable(event.body)) throw malformed(`Invalid input: ${notStorable}`);
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > limit) {
    throw new PayloadTooLargeError(`The body has ${bytes.length} bytes; at most ${limit} are accepted.`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed("Invalid input: the body is not UTF-8 text");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which must not come back in a response or reach the log.
    throw malformed("Invalid input: the body is not JSON");
  }
  if (hasDuplicateMembers(text)) throw malformed("Invalid input: an object of the body has a member twice");
  return value;
}
