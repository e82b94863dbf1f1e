/** What one statement of a policy allows or denies. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** `AWS:arn:aws:iam::111111111111:root`, `Service:events.amazonaws.com`, or `*`. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The statements of a policy document; undefined if it is none, or not known yet. */
export function statementsOf(document: unknown): Statement[] | undefined {
  const { Statement: statements } = parsed(document) ?? {};
  if (statements === undefined) return undefined;
  return asList(statements).map((statement) => {
    const { Effect, Principal, Action, Condition } = statement as Readonly<Record<string, unknown>>;
    return {
      effect: Effect === "Deny" ? "Deny" : "Allow",
      principals: principalsOf(Principal),
      actions: asList(Action).map(String),
      conditions: conditionsOf(Condition),
    };
  });
}

/** What a statement of a role's or a user's policy allows. */
export interface Permission {
  readonly sid?: string;
  readonly actions: readonly string[];
  /** Everything else is allowed than these. */
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
}

/** What a policy document allows; empty if it is none, or not known yet. */
export function permissionsIn(document: unknown): Permission[] {
  return asList(parsed(document)?.Statement).flatMap((statement): Permission[] => {
    const { Sid, Effect, Action, NotAction, Resource } = (statement ?? {}) as Readonly<Record<string, unknown>>;
    if (Effect !== "Allow") return [];
    return [
      {
        ...(typeof Sid === "string" && Sid !== "" && { sid: Sid }),
        actions: asList(Action).map(String),
        notActions: asList(NotAction).map(String),
        resources: asList(Resource).map(String),
      },
    ];
  });
}

/** Whether the statements allow something that a statement allowed: the same or more, under the same or fewer conditions. */
export function isStillAllowed(
  after: readonly Statement[],
  { conditions }: Statement,
  principal: string,
  action: string,
): boolean {
  return after.some(
    (statement) =>
      statement.effect === "Allow" &&
      statement.principals.some((one) => one === principal || one === "*") &&
      statement.actions.some((pattern) => matches(pattern, action)) &&
      isAsWide(statement.conditions, conditions),
  );
}

/** Whether anybody may do what a policy allows: everyone is a principal, and no condition says who. */
export function isPublic(statements: readonly Statement[]): boolean {
  return allowingEverybody(statements).some(({ conditions }) => Object.keys(conditions).length === 0);
}

/** The statements that allow something to every principal, whatever their conditions ask for. */
const allowingEverybody = (statements: readonly Statement[]): Statement[] =>
  statements.filter(
    ({ effect, principals }) => effect === "Allow" && principals.some((one) => /^(AWS:)?\*$/.test(one)),
  );

/**
 * Keys of conditions that say who, or from where; all others say how, when or what, which everybody can fulfil.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const sayingWho =
  /^(aws:(principal(arn|account|orgid|orgpaths|tag\/.*|serviceorname|isawsservice)|source(arn|account|owner|orgid|orgpaths|vpc|vpce|vpcarn|ip)|userid|username|vpcsourceip|via.*)|kms:(calleraccount|viaservice)|s3:dataaccesspoint(arn|account)|elasticfilesystem:accessedviamounttarget|elasticfilesystem:accesspointarn|cognito-.*|.*:(sub|aud))$/;

/** Whether anybody may do what a policy allows: as `isPublic`, and where conditions ask for what everybody has, as TLS. */
export function isOpenToEverybody(statements: readonly Statement[]): boolean {
  return allowingEverybody(statements).some(
    ({ conditions }) =>
      !Object.values(conditions).some((keys) =>
        Object.entries(keys).some(([key, values]) => sayingWho.test(key) && !values.some(isEverywhere)),
      ),
  );
}

const isEverywhere = (value: string): boolean => value === "*" || value === "0.0.0.0/0" || value === "::/0";

/** Whether conditions let through everything that others do. Each further one, and each value less, lets less through. */
function isAsWide(conditions: Statement["conditions"], others: Statement["conditions"]): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const before = others[operator]?.[key];
      if (!before) return false;
      const [fewer, more] = /Not/.test(operator) ? [values, before] : [before, values];
      return fewer.every((value) => more.some((pattern) => matches(pattern, value)));
    }),
  );
}

/** IAM's wildcards, in a text that may hold wildcards itself. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`, "i").test(text);
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal === "string") return [principal];
  if (principal === null || typeof principal !== "object") return [];
  return Object.entries(principal).flatMap(([kind, names]) =>
    asList(names).map((name) =>
      // An account by its number is its root.
      kind === "AWS" && /^\d{12}$/.test(String(name)) ? `AWS:arn:aws:iam::${name}:root` : `${kind}:${name}`,
    ),
  );
}

function conditionsOf(condition: unknown): Statement["conditions"] {
  if (condition === null || typeof condition !== "object") return {};
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries((keys ?? {}) as object).map(([key, values]) => [key.toLowerCase(), asList(values).map(String)]),
      ),
    ]),
  );
}

function parsed(document: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof document !== "string" || document === "") return undefined;
  try {
    const value: unknown = JSON.parse(document);
    return value !== null && typeof value === "object" ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
