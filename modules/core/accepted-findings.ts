import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ISynthesisSession, TerraformDataSource, type TerraformResource, TerraformStack } from "cdktf";
import { z } from "zod";
import { ConstructError } from "./construct-error";
import { renderedOf } from "./rendered";
import { strictObject } from "./strict-object";

/** Id of a check of Checkov: `CKV_AWS_18`, `CKV2_AWS_5`, or one of your own, `CKV_ACME_1`. */
export type CheckId = `CKV_${string}` | `CKV2_${string}`;

const acceptedFinding = strictObject(() => ({
  /** Terraform address of the resource. */
  address: z.string(),
  check: z.string(),
  reason: z.string(),
}));

/** A finding of a scanner that stays as it is, and why. */
export type AcceptedFinding = Readonly<z.output<typeof acceptedFinding>>;

/** Beside the `cdk.tf.json` of a stack that has accepted findings. */
const fileName = "accepted-findings.json";

/** What stands in the `cdk.tf.json` of a stack: resources by type and name. */
export interface WrittenStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Why a resource stays as it is. A function is asked once the stack is complete, for what depends on what is added later or stands
 * beside the resource; it says undefined where the check does not fail.
 */
export type Reason = string | ((written: () => WrittenStack) => string | undefined);

interface Entry {
  readonly resource: TerraformResource | TerraformDataSource;
  readonly check: CheckId;
  readonly reason: Reason;
}

/** Shared by two copies of this package in one app. */
const mark = Symbol.for("evenkeel.acceptedFindings");

type Marked = TerraformStack & { [mark]?: Map<string, Entry> };

const checkId = /^CKV2?_[A-Z][A-Z0-9]*_\d+$/;

/**
 * Says why a resource stays as it is although a check of Checkov fails on it. `evenkeel scan` joins reasons and findings by the
 * address of the resource, and fails on a finding without a reason as on a reason without a finding. So it stands beside the
 * resource, under the same condition that makes the check fail.
 *
 * The Terraform JSON does not change by it. Reasons are written to `accepted-findings.json` beside it. A second reason for the same
 * check of the same resource takes the place of the first.
 * @param reason for whoever reviews it; what is done in place of what the check asks for, or why it does not apply
 * @throws ConstructError for an id that no check has, and for a reason without words
 * @see https://www.checkov.io/5.Policy%20Index/terraform.html
 */
export function acceptFinding(resource: TerraformResource | TerraformDataSource, check: CheckId, reason: Reason): void {
  if (!checkId.test(check)) {
    throw new ConstructError(resource, `"${check}" is not the id of a check`, 'pass one such as "CKV_AWS_18"');
  }
  if (typeof reason === "string" && !/\w+\s+\w+/.test(reason)) {
    throw new ConstructError(
      resource,
      `accepts ${check} without a reason`,
      "say in a sentence why the resource stays as it is",
    );
  }
  const stack: Marked = TerraformStack.of(resource);
  stack[mark] ??= keptWith(stack);
  stack[mark].set(`${resource.node.path} ${check}`, { resource, check, reason });
}

/**
 * The accepted findings of a stack, in the order of addresses.
 * @param written what the stack is written as, for reasons that depend on it
 */
export function acceptedFindingsOf(
  stack: TerraformStack,
  written: () => WrittenStack = () => stack.toTerraform() as WrittenStack,
): AcceptedFinding[] {
  const entries = [...((stack as Marked)[mark]?.values() ?? [])];
  return entries
    .flatMap(({ resource, check, reason: given }) => {
      const reason = typeof given === "string" ? given : given(written);
      return reason === undefined ? [] : { address: addressOf(resource), check, reason };
    })
    .sort((a, b) => compare(a.address, b.address) || compare(a.check, b.check));
}

/** Logical ids may still be overridden after a finding was accepted, so addresses are taken when the stack is written. */
function addressOf(resource: TerraformResource | TerraformDataSource): string {
  return `${TerraformDataSource.isTerraformDataSource(resource) ? "data." : ""}${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A list for a stack, written after the stack. */
function keptWith(stack: TerraformStack): Map<string, Entry> {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession) {
      synthesizer.synthesize(session);
      const { synthesizedStackPath } = session.manifest.forStack(stack);
      const file = join(session.outdir, synthesizedStackPath);
      let read: WrittenStack | undefined;
      const written = (): WrittenStack => {
        read ??= (renderedOf(stack) ?? JSON.parse(readFileSync(file, "utf8"))) as WrittenStack;
        return read;
      };
      const accepted = acceptedFindingsOf(stack, written);
      writeFileSync(join(dirname(file), fileName), `${JSON.stringify(accepted, null, 2)}\n`);
    },
  };
  return new Map();
}

/** What was accepted in a stack that was synthesized. @param folder of its `cdk.tf.json` */
export function readAcceptedFindings(folder: string): AcceptedFinding[] {
  const file = join(folder, fileName);
  return existsSync(file) ? z.array(acceptedFinding).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
}
