import { usableKey } from "../demands/keys";
import { unlisted } from "../operation";
import { type Demand, type ServiceCalls, text } from "../refusal";

const nameRule =
  'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist of ' +
  "sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_";

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const name: Demand = ({ values }) => {
  const given = text(values, "name");
  if (/^\/aws/i.test(given))
    return unlisted("AccessDeniedException", `No access to reserved parameter name: ${given}.`);
  return /^\/?(aws|ssm)/i.test(given) || !/^[\w./-]+$/.test(given)
    ? unlisted("ValidationException", nameRule)
    : undefined;
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
const documentName: Demand = ({ values }) => {
  const given = text(values, "name");
  return /^(aws|amazon|amzn)/i.test(given) || !/^[\w.-]{3,128}$/.test(given)
    ? { status: 400, code: "ValidationException", message: `Invalid document name: ${given}` }
    : undefined;
};

/** A runbook has steps of schema version 0.3. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html */
const runbook: Demand = ({ values }) => {
  if (text(values, "document_type") !== "Automation" || text(values, "document_format") === "YAML") return undefined;
  const wrong = (message: string) => ({ status: 400, code: "InvalidDocumentContent", message });
  try {
    const { schemaVersion, mainSteps } = JSON.parse(text(values, "content"));
    if (schemaVersion !== "0.3") return wrong(`Unsupported schema version ${schemaVersion} for an Automation document`);
    return Array.isArray(mainSteps) && mainSteps.length > 0 ? undefined : wrong("mainSteps is required");
  } catch {
    return wrong("JSON not well-formed");
  }
};

/**
 * Parameter Store. AWS asks to wait 30 s before a deleted name is used again, but documents no refusal.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export const ssm: ServiceCalls = {
  aws_ssm_document: {
    service: "SSM",
    create: { name: "CreateDocument", says: (document) => `creating SSM Document (${text(document, "name")})` },
    update: { name: "UpdateDocument", says: (document) => `updating SSM Document (${text(document, "name")})` },
    remove: { name: "DeleteDocument", says: (document) => `deleting SSM Document (${text(document, "name")})` },
    exists: () => ({
      status: 400,
      code: "DocumentAlreadyExists",
      message: "Document with same name already exists",
    }),
    demands: [documentName, runbook],
  },
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
      name,
      usableKey("key_id", { actions: ["Encrypt"], via: "ssm" }, (_problem, key) => ({
        status: 400,
        code: "InvalidKeyId",
        message: `Invalid keyId ${key}`,
      })),
    ],
  },
};
