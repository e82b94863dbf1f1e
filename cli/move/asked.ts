import { type AcknowledgedRemoval, acknowledgedRemoval, dayAhead, type Moves } from "../../contract";
import { ConfigError, type ConfigIssue, parseConfig } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { managedIn, type NamedState } from "./review";

/** What `evenkeel move` is told beside what it finds itself. */
export interface Asked {
  /** `[STACK:]FROM=[STACK:]TO` */
  readonly rename?: readonly string[];
  /** `[STACK:]ADDRESS` */
  readonly forget?: readonly string[];
  /** Why these leave their state. */
  readonly reason?: string;
  /** Last day on which gates accept that, `2027-01-31`; 30 days from now by default. */
  readonly expires?: string;
  /** `[STACK:]ADDRESS=ID` */
  readonly import?: readonly string[];
}

interface Place {
  readonly stack: string;
  readonly address: string;
}

/** Long enough for a review and a deployment, and within what an acknowledgement may have. */
const daysAhead = 30;

/** The day until which gates accept that something leaves a state, where nobody names one. */
export const defaultExpiry = (now = Date.now()): string => dayAhead(daysAhead, now);

/**
 * What options ask for, as moves. What is in one state and configured in another stack is let go in the one and imported by the other.
 * @throws ConfigError with every mistake in the options
 */
export function askedMoves(
  asked: Asked,
  environment: string,
  stacks: readonly SynthesizedStack[],
  states: readonly NamedState[],
): Moves {
  const issues: ConfigIssue[] = [];
  const managed = managedIn(states);
  const configured = stacks.flatMap((stack) =>
    [...resourcesOf(stack).keys()].map((address) => ({ stack: stack.name, address })),
  );
  const found = (option: string, text: string, places: readonly Place[], where: string): Place | undefined => {
    const given = /^(?:([a-z0-9-]+):)?(.+)$/.exec(text);
    const [, stack, address = text] = given ?? [];
    const full = stacks.find(({ name }) => name === stack || name === `${environment}-${stack}`)?.name;
    if (stack !== undefined && full === undefined) {
      issues.push({
        path: option,
        message: `${stack} is no stack; ${suggestion(
          stack,
          stacks.map(({ name }) => name),
        )}`,
        received: text,
      });
      return undefined;
    }
    const fitting = places.filter((one) => one.address === address && (full === undefined || one.stack === full));
    if (fitting.length === 1) return fitting[0];
    const near = places.filter((one) => full === undefined || one.stack === full).map((one) => one.address);
    const ofType = near.filter((one) => one.split(".")[0] === address.split(".")[0]);
    const message =
      fitting.length > 1
        ? `is in several stacks; name one of them: ${fitting.map((one) => `${one.stack}:${address}`).join(", ")}`
        : `is not ${where}; ${suggestion(address, ofType.length > 0 ? ofType : near)}`;
    issues.push({ path: option, message, received: text });
    return undefined;
  };
  const inState = (option: string, text: string) => found(option, text, managed, `in a state of ${environment}`);
  const inConfiguration = (option: string, text: string) =>
    found(option, text, configured, `a resource that ${environment} configures`);
  const isConfigured = ({ stack, address }: Place) =>
    configured.some((one) => one.stack === stack && one.address === address);
  const pair = (option: string, text: string): [string, string] | undefined => {
    const at = text.indexOf("=");
    if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
    issues.push({ path: option, message: 'has no "=" between two parts; write it as in --help', received: text });
    return undefined;
  };
  const gone = (option: string, text: string): Place | undefined => {
    const place = inState(option, text);
    if (!place || !isConfigured(place)) return place;
    issues.push({
      path: option,
      message: `is still configured in ${place.stack}; take it out of the configuration first`,
      received: text,
    });
    return undefined;
  };
  const expires = asked.expires ?? defaultExpiry();
  const moved: Moves["moved"] = [];
  const removed: AcknowledgedRemoval[] = [];
  const imports: Moves["imports"] = [];
  for (const text of asked.rename ?? []) {
    const [one, other] = pair("--rename", text) ?? [];
    const from = one && gone("--rename", one);
    const to = other && inConfiguration("--rename", other);
    if (!from || !to) continue;
    const id = managed.find((each) => each.stack === from.stack && each.address === from.address)?.id;
    if (from.stack === to.stack) moved.push({ stack: to.stack, from: from.address, to: to.address });
    else if (id === undefined) {
      const message =
        "goes to another stack, and it is not known by which id it is imported; use --forget and --import";
      issues.push({ path: "--rename", message, received: text });
    } else {
      const between = betweenStacks(from, { ...to, id }, expires);
      removed.push(...between.removed);
      imports.push(...between.imports);
    }
  }
  if ((asked.forget ?? []).length > 0 && asked.reason === undefined) {
    issues.push({
      path: "--reason",
      message: "is missing; say in a sentence why it leaves its state",
      received: "nothing",
    });
  }
  for (const text of asked.forget ?? []) {
    const place = gone("--forget", text);
    if (place && asked.reason !== undefined)
      removed.push({ stack: place.stack, address: place.address, reason: asked.reason, expires });
  }
  for (const text of asked.import ?? []) {
    const [one, id] = pair("--import", text) ?? [];
    const to = one && inConfiguration("--import", one);
    if (!to || id === undefined) continue;
    const holder = managed.find((each) => each.stack === to.stack && each.address === to.address);
    if (holder) {
      const message = `is in the state of ${to.stack} already${holder.id === id ? ", as this" : ""}; leave it out, or let go first what is there`;
      issues.push({ path: "--import", message, received: text });
    } else imports.push({ stack: to.stack, to: to.address, id });
  }
  if (issues.length > 0) throw new ConfigError("evenkeel move", issues);
  for (const one of removed) parseConfig(acknowledgedRemoval, one, "evenkeel move: --forget");
  return { moved, removed, imports };
}

/** What takes a resource from one state into another: gates accept that the one lets it go, because the other has it. */
export function betweenStacks(
  from: Place,
  to: Place & { readonly id: string },
  expires: string,
): Pick<Moves, "removed" | "imports"> {
  const reason = `It goes to another state: it is ${to.address} of ${to.stack}.`;
  return {
    removed: [{ stack: from.stack, address: from.address, reason, expires }],
    imports: [{ stack: to.stack, to: to.address, id: to.id }],
  };
}
