import type { Values } from "./rule";

/** `aws_sqs_queue.orders.url`, as the whole of an interpolation. */
const wholeReference = /\$\{((?:data\.)?[A-Za-z][\w-]*\.[\w-]+\.[\w.-]+)\}/g;
/** The same within an expression. */
const innerReference = /(?<![\w./"-])((?:data\.)?[a-z][a-z0-9]*_[\w-]*\.[A-Za-z][\w-]*\.[\w.-]+)/g;
/** An output of another stack, as cdktf reads it. */
const otherStack = /^data\.terraform_remote_state\.cross-stack-reference-input-(.+)\.outputs\.(.+)$/;
/** Attributes that stand for the resource as a whole. */
const standsForAll = /^(id|arn|url)$/;

/** A stack as it is handed to Terraform: `cdk.tf.json` as an object. */
export interface StackConfiguration {
  readonly stack: string;
  readonly terraform: Values;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Values>>>>;
type Outputs = Readonly<Record<string, { readonly value?: unknown }>>;

/** References in several stacks: each is replaced by its value, if that is known, or by one way to say what it refers to. */
export class References {
  private readonly byStack: ReadonlyMap<string, Values>;

  constructor(stacks: readonly StackConfiguration[]) {
    this.byStack = new Map(stacks.map(({ stack, terraform }) => [stack, terraform]));
  }

  /** The arguments of a resource, each of which is resolved when it is read. */
  resolvedIn(stack: string, resource: Values): Values {
    return new Proxy(resource, { get: (values, argument) => this.resolve(values[String(argument)], stack) });
  }

  private resolve(value: unknown, stack: string): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.resolve(entry, stack));
    if (typeof value !== "string" || !value.includes("${")) return value;
    return value
      .replace(wholeReference, (_, reference: string) => this.valueOf(reference, stack))
      .replace(innerReference, (_, reference: string) => inner(this.valueOf(reference, stack)));
  }

  /** A text, or `${<stack>/<address>}` where it is not known. */
  private valueOf(reference: string, stack: string): string {
    const [, from, output] = otherStack.exec(reference) ?? [];
    if (from !== undefined && output !== undefined) {
      const { value } = ((this.byStack.get(from)?.output ?? {}) as Outputs)[output] ?? {};
      return value === undefined ? `\${${from}/output.${output}}` : String(this.resolve(value, from));
    }
    const [type = "", name = "", ...attribute] = reference.split(".");
    const path = attribute.join(".");
    const value = ((this.byStack.get(stack)?.resource ?? {}) as Blocks)[type]?.[name]?.[path];
    if (typeof value === "string") return String(this.resolve(value, stack));
    return `\${${stack}/${type}.${name}${standsForAll.test(path) ? "" : `.${path}`}}`;
  }
}

/** What stands between the braces of an interpolation; other texts in quotes. */
function inner(text: string): string {
  return /^\$\{([^{}]*)\}$/.exec(text)?.[1] ?? JSON.stringify(text);
}
