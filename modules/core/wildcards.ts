import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ISynthesisSession, type TerraformResource, TerraformStack } from "cdktf";
import { z } from "zod";
import { UserError } from "../../errors";
import { renderedOf } from "./rendered";
import { strictObject } from "./strict-object";

/** Where a statement of a policy can name everything. */
const places = ["action", "resource", "principal"] as const;

export type WildcardPlace = (typeof places)[number];

/**
 * Why a statement names everything, as sentences for whoever reviews the policy: `action` for `*` and `<service>:*`, `resource` and
 * `principal` for `*`.
 */
export type WildcardReasons = Readonly<Partial<Record<WildcardPlace, string>>>;

/** In the policy of a key, which cannot name the key that it belongs to before there is one. */
export const ofThisKey = 'The policy of a key: "*" is the key that it belongs to, and no other.';

/** In the policy of another resource, for which the service takes it as that resource. */
export const ofWhatItBelongsTo = 'The policy of one resource: "*" is what it belongs to, and nothing else.';

/** A policy with a wildcard that nobody gave a reason for. */
export class PolicyError extends UserError {
  override readonly name = "PolicyError";

  constructor(statement: Explained, problem: string, remedy: string) {
    super(`${describe(statement)}: ${problem}; ${remedy}`);
  }
}

/** What of a statement a reason is about; resources are left out in trust policies. */
interface Explained {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly wildcards?: WildcardReasons;
}

const describe = ({ sid, effect = "Allow", actions }: Explained): string =>
  `the policy statement ${sid === undefined ? "" : `${sid}, `}${effect} ${actions.slice(0, 3).join(", ")}${actions.length > 3 ? ", ..." : ""}`;

/** Where a statement names everything. */
const wildcardsOf = ({ actions, resources = [], principals = {} }: Explained): Record<WildcardPlace, boolean> => ({
  action: actions.some((action) => /^(\*|[^:]+:\*)$/.test(action)),
  resource: resources.includes("*"),
  principal: principals === "*" || Object.values(principals).flat().includes("*"),
});

const remedies: Readonly<Record<WildcardPlace, string>> = {
  action: "list the actions",
  resource: "name the resources",
  principal: "name the principals",
};

/**
 * @throws PolicyError if a statement names every action, resource or principal without a reason in `wildcards`, or has a reason
 * that nothing in it needs
 */
export function checkWildcards(statement: Explained): void {
  const found = wildcardsOf(statement);
  for (const place of places) {
    const reason = statement.wildcards?.[place];
    if (found[place] && !/\w+\W+\w+/.test(reason ?? "")) {
      throw new PolicyError(
        statement,
        `names every ${place} by * without a reason`,
        `${remedies[place]}, or say in a sentence why not in wildcards: { ${place}: "..." }`,
      );
    }
    if (!found[place] && reason !== undefined) {
      throw new PolicyError(
        statement,
        `has a reason for every ${place}, but names none by *`,
        `remove ${place} from its wildcards`,
      );
    }
  }
}

/** Shared by two copies of this package in one app. */
const mark = Symbol.for("evenkeel.wildcardReasons");

/** Reasons by the text that is left of a statement in the policy; those of a role also by its address, as they may differ. */
const shared = globalThis as { [mark]?: Map<string, string> };
shared[mark] ??= new Map();
const reasons: Map<string, string> = shared[mark];

const keyOf = (place: WildcardPlace, { sid = "", effect = "Allow", actions }: Explained, owner = ""): string =>
  JSON.stringify([owner, place, sid, effect, actions]);

const ownerOf = (stack: TerraformStack, address: string): string => `${stack.node.path} ${address}`;

/**
 * Keeps the reasons of statements for what is written beside their stack.
 * @param owner the resource that the policy is of, where it is known
 */
export function keepReasons(statements: readonly Explained[], owner?: TerraformResource): void {
  const of = owner && ownerOf(TerraformStack.of(owner), `${owner.terraformResourceType}.${owner.friendlyUniqueId}`);
  for (const statement of statements) {
    for (const place of places) {
      const reason = statement.wildcards?.[place];
      if (reason !== undefined) reasons.set(keyOf(place, statement, of), reason);
    }
  }
}

const explainedWildcard = strictObject(() => ({
  /** Terraform address of the resource that has the policy. */
  address: z.string(),
  sid: z.string().optional(),
  effect: z.enum(["Allow", "Deny"]),
  actions: z.array(z.string()),
  /** What is named by `*`. */
  every: z.enum(places),
  /** Left out where nobody gave one, as in a policy that is not written by `policyDocument`. */
  reason: z.string().optional(),
}));

/** A wildcard in a policy, and why it is there. */
export type ExplainedWildcard = Readonly<z.output<typeof explainedWildcard>>;

/** Beside the `cdk.tf.json` of a stack that has wildcards in its policies. */
const fileName = "policy-wildcards.json";

/** Has the wildcards of a stack's policies written beside the stack, with their reasons. */
export function writeWildcardsOf(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession) {
      synthesizer.synthesize(session);
      const file = join(session.outdir, session.manifest.forStack(stack).synthesizedStackPath);
      const found = wildcardsIn((renderedOf(stack) ?? JSON.parse(readFileSync(file, "utf8"))) as Written, stack);
      if (found.length > 0) writeFileSync(join(dirname(file), fileName), `${JSON.stringify(found, null, 2)}\n`);
    },
  };
}

/** The wildcards in the policies of a stack that was synthesized. @param folder of its `cdk.tf.json` */
export function readWildcards(folder: string): ExplainedWildcard[] {
  const file = join(folder, fileName);
  return existsSync(file) ? z.array(explainedWildcard).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
}

interface Written {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const inOrder = <T>(named: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(named).sort(([one], [other]) => (one < other ? -1 : 1));

function wildcardsIn({ resource = {} }: Written, stack: TerraformStack): ExplainedWildcard[] {
  // The file has its names in this order, whatever the order in which constructs were made.
  return inOrder(resource).flatMap(([type, resources]) =>
    inOrder(resources).flatMap(([id, values]) =>
      policiesIn(values)
        .flatMap(statementsIn)
        .flatMap((statement) => {
          const { sid, effect = "Allow", actions } = statement;
          const address = `${type}.${id}`;
          const found = wildcardsOf(statement);
          return places
            .filter((place) => found[place])
            .map((every) => ({
              address,
              ...(sid !== undefined && { sid }),
              effect: effect as "Allow" | "Deny",
              actions: [...actions],
              every,
              reason:
                reasons.get(keyOf(every, statement, ownerOf(stack, address))) ?? reasons.get(keyOf(every, statement)),
            }));
        }),
    ),
  );
}

/** Every text with a policy and a wildcard in the arguments of a resource, those of nested blocks included. */
function policiesIn(value: unknown, found: string[] = []): readonly string[] {
  if (typeof value === "string") {
    if (value.startsWith("{") && value.includes('*"') && value.includes('"Statement"')) found.push(value);
  } else if (typeof value === "object" && value !== null) {
    for (const name in value) policiesIn((value as Readonly<Record<string, unknown>>)[name], found);
  }
  return found;
}

/** A reference stands in a text as Terraform reads it, with quotes that JSON would have escaped. */
const reference = /\$\{[^}]*\}/g;

/** The statements of a policy. */
function statementsIn(text: string): Explained[] {
  const { Statement: statements } = parsed(text.replace(reference, (each) => each.replaceAll('"', "'")));
  return [statements ?? []].flat().map((written) => ({
    sid: written.Sid,
    effect: written.Effect,
    actions: [written.Action ?? written.NotAction ?? []].flat(),
    resources: [written.Resource ?? []].flat(),
    principals: written.Principal,
  }));
}

interface WrittenStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: Explained["principals"];
}

function parsed(text: string): { readonly Statement?: WrittenStatement | WrittenStatement[] } {
  try {
    return JSON.parse(text);
  } catch {
    // A team's own text that only looks like a policy; the check of values says so where it should be one.
    return {};
  }
}
