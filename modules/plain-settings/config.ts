import { z } from "zod";
import { kebabName, type Report, region, withRule } from "../core";
import { looksSecret } from "../service-function";

/** The largest value of a standard parameter, in bytes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const largestValue = 4096;

const settingValue = z.string().min(1);

const setting = z.strictObject({
  value: settingValue.describe(
    "The value in each region that has none of its own; at most 4096 bytes, never a secret.",
  ),
  valueIn: z
    .partialRecord(region, settingValue)
    .default({})
    .describe("Values of single regions, such as the address of something that each region has of its own."),
  description: z.string().min(1).max(1024).optional().describe("What the setting changes, for those who change it."),
  allowedPattern: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe(
      "Regular expression that every value must match as a whole; Parameter Store holds later changes to it too.",
    ),
});

const byName = z
  .record(kebabName(64), setting)
  .refine((settings) => Object.keys(settings).length > 0, "names no setting; add one, or leave the settings out")
  .describe("Settings by name; the name is the last part of the parameter's and of its Terraform address.");

/** The settings of one service, by name, for schemas that have them beside other things. */
export const settingsByName = withRule(byName, (settings, report) => {
  for (const [name, { value, valueIn, allowedPattern }] of Object.entries(settings)) {
    const at = [name];
    if (looksSecret(name.replaceAll("-", "_"), "")) {
      // The last part is no field: it marks the path as one whose value errors must not show.
      report([...at, "(secret)"], "is named like a secret; keep it in a ReplicatedSecret");
    }
    checkValue([...at, "value"], value, allowedPattern, report);
    for (const [in_, regional] of Object.entries(valueIn)) {
      checkValue([...at, "valueIn", in_], regional, allowedPattern, report);
    }
    if (allowedPattern !== undefined && !pattern(allowedPattern)) {
      report([...at, "allowedPattern"], "is no regular expression; correct it");
    }
  }
});

/**
 * Plain settings of a service, which anybody who may see its configuration may see.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export const plainSettingsConfig = z.strictObject({ settings: settingsByName });

export type PlainSettingsConfig = z.output<typeof plainSettingsConfig>;
export type PlainSettingsInput = z.input<typeof plainSettingsConfig>;

function checkValue(at: PropertyKey[], value: string | undefined, allowed: string | undefined, report: Report): void {
  if (value === undefined) return;
  if (looksSecret("", value)) {
    report([...at, "(secret)"], "looks like a secret; keep it in a ReplicatedSecret");
    return;
  }
  const size = Buffer.byteLength(value);
  if (size > largestValue) {
    report(at, `has ${size} bytes, a standard parameter takes ${largestValue}; keep large values in S3 or AppConfig`);
  }
  if (/\{\{.*\}\}/.test(value)) {
    report(at, "holds {{...}}, which Parameter Store takes for a reference to another parameter; write it differently");
  }
  const expression = allowed === undefined ? undefined : pattern(allowed);
  if (expression && !expression.test(value)) {
    report(at, `does not match allowedPattern, ${allowed}; change one of them`);
  }
}

function pattern(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return undefined;
  }
}
