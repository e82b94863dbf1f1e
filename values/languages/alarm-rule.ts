import type { Problem } from "../problem";
import { withShortReferences } from "./references";

/** What a rule joins, at most. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const most = { alarms: 100, elements: 500, characters: 10_240 };

const states = new Set(["ALARM", "OK", "INSUFFICIENT_DATA"]);

const howTo = 'write it like ALARM("errors") AND NOT OK("latency")';

/** The rule of a composite alarm. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
export const alarmRule = (given: string): Problem | undefined => {
  const text = withShortReferences(given);
  if (text.length > most.characters) {
    return `has ${text.length} characters, but CloudWatch allows ${most.characters}; join fewer alarms`;
  }
  const words = wordsOf(text);
  if (typeof words === "string") return words;
  const problem = new Reader(words).rule();
  if (problem !== undefined) return problem;
  const alarms = new Set(words.filter(({ kind }) => kind === "name").map(({ value }) => value));
  if (alarms.size > most.alarms) {
    return `joins ${alarms.size} alarms, but CloudWatch allows ${most.alarms}; join some of them in a composite alarm of their own`;
  }
  const elements = words.filter(({ kind }) => kind !== "bracket").length;
  return elements > most.elements
    ? `has ${elements} elements, but CloudWatch allows ${most.elements}; join fewer alarms`
    : undefined;
};

interface Word {
  readonly kind: "word" | "name" | "bracket";
  readonly value: string;
}

/** The words of a rule, or what is wrong with it. */
function wordsOf(text: string): readonly Word[] | Problem {
  const words: Word[] = [];
  const pattern = /\s+|"([^"]*)"|'([^']*)'|([(),])|([^\s"'(),]+)|(["'])/gy;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, double, single, bracket, bare, open] = match;
    if (open !== undefined) return `has a quote that does not end, at character ${match.index + 1}; ${howTo}`;
    const name = double ?? single;
    if (name !== undefined) words.push({ kind: "name", value: name });
    else if (bracket !== undefined) words.push({ kind: "bracket", value: bracket });
    // Names need no quotes in brackets, unless they hold one.
    else if (bare !== undefined) words.push({ kind: isName(words, bare) ? "name" : "word", value: bare });
  }
  return words.length === 0 ? `is empty; ${howTo}` : words;
}

const isName = (before: readonly Word[], bare: string): boolean => {
  const function_ = before.at(-2)?.value ?? "";
  return before.at(-1)?.value === "(" && states.has(function_) && !states.has(bare);
};

/** Reads `expression = operand (AND | OR) operand …`, where an operand may be in brackets or begin with NOT. */
class Reader {
  private at = 0;

  constructor(private readonly words: readonly Word[]) {}

  rule(): Problem | undefined {
    const problem = this.expression();
    if (problem !== undefined) return problem;
    const rest = this.words[this.at];
    return rest === undefined ? undefined : `has "${rest.value}" where AND or OR should stand; ${howTo}`;
  }

  private expression(): Problem | undefined {
    for (;;) {
      const problem = this.operand();
      if (problem !== undefined) return problem;
      if (!this.takes("AND") && !this.takes("OR")) return undefined;
    }
  }

  private operand(): Problem | undefined {
    while (this.takes("NOT"));
    const word = this.words[this.at];
    this.at += 1;
    if (word === undefined) return `ends where an alarm should stand; ${howTo}`;
    if (word.value === "(" && word.kind === "bracket") {
      return this.expression() ?? this.closes("(");
    }
    if (word.kind === "word" && (word.value === "TRUE" || word.value === "FALSE")) return undefined;
    if (word.kind === "word" && word.value === "AT_LEAST") return this.atLeast();
    if (word.kind !== "word" || !states.has(word.value)) {
      return `has "${word.value}", which is no function of rules; use ALARM, OK, INSUFFICIENT_DATA or AT_LEAST`;
    }
    return this.opens(word.value) ?? this.name() ?? this.closes(word.value);
  }

  /** `AT_LEAST(2, ALARM, ("a", "b"))`, with a number or a percentage, and NOT before the state where it is meant. */
  private atLeast(): Problem | undefined {
    const opened = this.opens("AT_LEAST");
    if (opened !== undefined) return opened;
    const count = this.words[this.at++];
    if (!count || !/^[1-9]\d*%?$/.test(count.value)) {
      return `has "${count?.value ?? ""}" in AT_LEAST, which is no number; write it like AT_LEAST(2, ALARM, ("a", "b"))`;
    }
    if (!this.takes(",")) return `has no comma after the number of AT_LEAST; ${howTo}`;
    while (this.takes("NOT"));
    const state = this.words[this.at++];
    if (!state || !states.has(state.value))
      return `has "${state?.value ?? ""}" in AT_LEAST, which is no state; use ALARM, OK or INSUFFICIENT_DATA`;
    if (!this.takes(",")) return `has no comma after the state of AT_LEAST; ${howTo}`;
    const inner = this.opens("AT_LEAST");
    if (inner !== undefined) return inner;
    do {
      const problem = this.name();
      if (problem !== undefined) return problem;
    } while (this.takes(","));
    return this.closes("AT_LEAST") ?? this.closes("AT_LEAST");
  }

  private name(): Problem | undefined {
    const word = this.words[this.at++];
    if (word === undefined || word.kind === "bracket" || word.value === "") {
      return `has no name where an alarm should stand; ${howTo}`;
    }
    return undefined;
  }

  private opens(of: string): Problem | undefined {
    return this.takes("(") ? undefined : `has no bracket after ${of}; ${howTo}`;
  }

  private closes(of: string): Problem | undefined {
    return this.takes(")")
      ? undefined
      : `has a bracket after ${of === "(" ? "an operator" : of} that does not end; ${howTo}`;
  }

  private takes(value: string): boolean {
    const word = this.words[this.at];
    if (word === undefined || word.kind === "name" || word.value !== value) return false;
    this.at += 1;
    return true;
  }
}
