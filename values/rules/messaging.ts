import type { ValuesRule } from "../types/type-values";
import { textOf } from "./read";

const forms: Readonly<Record<string, readonly [RegExp, string]>> = {
  http: [/^http:\/\/[^\s]+$/, "begin it with http://"],
  https: [/^https:\/\/[^\s]+$/, "begin it with https://"],
  email: [/^[^@\s]+@[^@\s]+$/, "use an e-mail address"],
  "email-json": [/^[^@\s]+@[^@\s]+$/, "use an e-mail address"],
  sms: [/^\+?[0-9]+$/, "use a telephone number such as +353861234567"],
  sqs: [/^arn:[^\s]+$/, "use the ARN of a queue"],
  lambda: [/^arn:[^\s]+$/, "use the ARN of a function"],
  firehose: [/^arn:[^\s]+$/, "use the ARN of a delivery stream"],
  application: [/^arn:[^\s]+$/, "use the ARN of a mobile endpoint"],
};

/** The endpoint of a subscription has the form of its protocol. @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const endpointOfProtocol: ValuesRule = (values) => {
  const protocol = textOf(values, "protocol");
  const endpoint = textOf(values, "endpoint");
  const form = protocol === undefined ? undefined : forms[protocol];
  if (!form || endpoint === undefined || form[0].test(endpoint)) return [];
  return [
    {
      path: ["endpoint"],
      problem: `is not a valid endpoint for the protocol ${protocol}; ${form[1]}`,
      received: endpoint,
    },
  ];
};
