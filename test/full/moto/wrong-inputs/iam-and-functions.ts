import { ref } from "../../../support/synth";
import { allowing, arn, policy, trusting } from "./shared";
import { alone, twice, type WrongInput } from "./wrong-input";

const inline = { role: ref("aws_iam_role.shared.name") };
const fn = ref("aws_lambda_function.shared.function_name");
const role = { name: "taken", assume_role_policy: trusting("lambda.amazonaws.com") };
const code = {
  role: ref("aws_iam_role.shared.arn"),
  handler: "index.handler",
  runtime: "nodejs22.x",
  filename: ref("aws_lambda_function.shared.filename"),
};

export const iamAndFunctions: readonly WrongInput[] = [
  twice("a role whose name another has", "EntityAlreadyExists", "aws_iam_role", role),
  twice("a policy whose name another has", "EntityAlreadyExists", "aws_iam_policy", {
    name: "taken",
    policy: allowing("s3:GetObject"),
  }),
  alone("a policy of a missing role", "NoSuchEntity", "aws_iam_role_policy", {
    ...inline,
    role: "missing",
    policy: allowing("s3:GetObject"),
  }),
  alone("a missing policy attached", "NoSuchEntity", "aws_iam_role_policy_attachment", {
    role: ref("aws_iam_role.shared.name"),
    policy_arn: "arn:aws:iam::123456789012:policy/missing",
  }),
  alone("a policy attached to a missing role", "NoSuchEntity", "aws_iam_role_policy_attachment", {
    role: "missing",
    policy_arn: ref("aws_iam_policy.shared.arn"),
  }),
  alone("a policy with an unknown effect", "MalformedPolicyDocument", "aws_iam_role_policy", {
    ...inline,
    policy: policy({ Effect: "Maybe", Action: "s3:GetObject", Resource: "*" }),
  }),
  alone("a policy without resources", "MalformedPolicyDocument", "aws_iam_role_policy", {
    ...inline,
    policy: policy({ Action: "s3:GetObject" }),
  }),
  alone("a policy of an unknown version", "MalformedPolicyDocument", "aws_iam_role_policy", {
    ...inline,
    policy: policy({ Action: "s3:GetObject", Resource: "*" }, "2020-01-01"),
  }),
  alone("a policy with an action of no service", "MalformedPolicyDocument", "aws_iam_role_policy", {
    ...inline,
    policy: policy({ Action: "GetObject", Resource: "*" }),
  }),
  alone("a policy of its own with an unknown effect", "MalformedPolicyDocument", "aws_iam_policy", {
    name: "malformed",
    policy: policy({ Effect: "Maybe", Action: "s3:GetObject", Resource: "*" }),
  }),
  twice(
    "an alias whose name another of the function has",
    "ResourceConflictException",
    "aws_lambda_alias",
    { name: "taken", function_name: fn, function_version: "1" },
    { motoCode: "ConflictException" },
  ),
  alone("an alias of a missing function", "ResourceNotFoundException", "aws_lambda_alias", {
    name: "live",
    function_name: "missing",
    function_version: "1",
  }),
  alone("an alias of a missing version", "ResourceNotFoundException", "aws_lambda_alias", {
    name: "live",
    function_name: fn,
    function_version: "9",
  }),
  alone(
    "asynchronous settings of a missing function",
    "ResourceNotFoundException",
    "aws_lambda_function_event_invoke_config",
    { function_name: "missing", maximum_retry_attempts: 1 },
  ),
  alone("a queue that feeds a missing function", "ResourceNotFoundException", "aws_lambda_event_source_mapping", {
    function_name: "missing",
    event_source_arn: ref("aws_sqs_queue.shared.arn"),
  }),
  alone(
    "a missing queue that feeds a function",
    "InvalidParameterValueException",
    "aws_lambda_event_source_mapping",
    { function_name: fn, event_source_arn: arn("sqs", "missing") },
    "ResourceNotFoundException",
  ),
  alone(
    "a function with a missing layer",
    "InvalidParameterValueException",
    "aws_lambda_function",
    { ...code, function_name: "layered", layers: [arn("lambda", "layer:missing:1")] },
    "ResourceNotFoundException",
  ),
];
