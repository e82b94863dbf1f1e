import { usableKey } from "../demands/keys";
import { type ServiceCalls, text } from "../refusal";

/**
 * Parameter Store. AWS asks to wait 30 s before a deleted name is used again, but documents no refusal.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export const ssm: ServiceCalls = {
  aws_ssm_parameter: {
    service: "SSM",
    create: { name: "PutParameter", says: (parameter) => `creating SSM Parameter (${text(parameter, "name")})` },
    update: { name: "PutParameter", says: (parameter) => `updating SSM Parameter (${text(parameter, "name")})` },
    remove: { name: "DeleteParameter", says: (parameter) => `deleting SSM Parameter (${text(parameter, "name")})` },
    exists: ({ values }) =>
      values.overwrite === true
        ? undefined
        : {
            status: 400,
            code: "ParameterAlreadyExists",
            message:
              "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
          },
    demands: [
      usableKey("key_id", { actions: ["Encrypt"], via: "ssm" }, (_problem, key) => ({
        status: 400,
        code: "InvalidKeyId",
        message: `Invalid keyId ${key}`,
      })),
    ],
  },
};
