import { type ValueProblem, valueProblems } from "../../values";
import type { Diagnostic } from "../protocol/messages";
import type { ObjectValue } from "../protocol/values";
import { type Answer, type Call, diagnosticOf, type Operation } from "./refusal";
import { callsOf } from "./services";

/** How a service answers a value that it does not take: the code, and whether the model of its operations lists it. */
interface Words {
  readonly code: string;
  readonly unlisted?: true;
}

const validation: Words = { code: "ValidationException", unlisted: true };
const parameter: Words = { code: "InvalidParameterException" };

/**
 * By the SDK's name of the service; the codes are from the errors of its operations in the API's model, and for those that are
 * not listed there from its common errors.
 */
const wordsByService: Readonly<Record<string, Words>> = {
  ACM: validation,
  ApiGatewayV2: { code: "BadRequestException" },
  "Application Auto Scaling": { code: "ValidationException" },
  Budgets: parameter,
  CloudFront: { code: "InvalidArgument" },
  CloudWatch: { code: "ValidationError", unlisted: true },
  "CloudWatch Logs": parameter,
  chatbot: parameter,
  "Cost Explorer": validation,
  DynamoDB: validation,
  EC2: { code: "InvalidParameterValue", unlisted: true },
  ECS: parameter,
  "Elastic Load Balancing v2": { code: "ValidationError", unlisted: true },
  EventBridge: validation,
  IAM: { code: "ValidationError", unlisted: true },
  KMS: validation,
  Lambda: validation,
  RDS: { code: "InvalidParameterValue", unlisted: true },
  "Route 53": { code: "InvalidInput" },
  "Route53 Recovery Control Config": { code: "ValidationException" },
  S3: { code: "InvalidArgument", unlisted: true },
  SNS: parameter,
  SQS: { code: "InvalidAttributeValue" },
  SSM: validation,
  Scheduler: { code: "ValidationException" },
  "Secrets Manager": validation,
  WAFV2: { code: "WAFInvalidParameterException" },
};

/**
 * AWS's refusal of a call whose values it does not take: the net below the checks at synthesis. Values of types without
 * rules on calls are not looked at.
 * @param config what is written, without what AWS fills in
 */
export function refusedValues(call: Call, config: ObjectValue): Diagnostic | undefined {
  const calls = callsOf(call.type);
  if (!calls) return undefined;
  const problems = valueProblems(call.type, config, { evaluated: true });
  if (problems.length === 0) return undefined;
  const operation: Operation = (call.prior && calls.update) || calls.create;
  return diagnosticOf(calls, operation, call, answerOf(calls.service, problems));
}

function answerOf(service: string, problems: readonly ValueProblem[]): Answer {
  const words = wordsByService[service] ?? validation;
  const count = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
  const each = problems.map(
    ({ path, problem }) => `Value at '${path.join(".")}' failed to satisfy constraint: ${problem}`,
  );
  return { status: 400, message: `${count} detected: ${each.join("; ")}`, ...words };
}
