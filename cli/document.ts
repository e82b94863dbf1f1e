import { z } from "zod";
import type { Screen } from "../output";

/**
 * What a verb prints: data that a schema describes, and how people are shown it. `--json` prints the data, without it the text is
 * made from the same data, so that both say the same.
 *
 * A verb has one in `cli/documents/<verb>.ts`, and its command returns `document.outcome(data)`, which `runVerb` prints. The
 * reference of documents is generated from the schemas, and a test parses what each verb prints.
 */
export class DocumentType<Fields extends z.ZodRawShape> {
  /** All of the document: the verb and the version of its form, and the fields. */
  readonly schema: z.ZodObject;

  constructor(
    private readonly props: {
      readonly verb: string;
      /** Goes up when a field is removed, or means something else. Further fields do not count. */
      readonly version: number;
      /** Each field with a description; objects are `z.strictObject`. */
      readonly fields: Fields;
      /** The text for people, without a line end at its end. It depends on nothing but the data and the screen. */
      readonly text: (data: DataOf<Fields>, screen: Screen) => string;
    },
  ) {
    const { verb, version, fields } = props;
    this.schema = z.strictObject({
      verb: z.literal(verb).describe("The verb that printed the document."),
      version: z.literal(version).describe("Version of the document's form."),
      ...fields,
    });
  }

  get verb(): string {
    return this.props.verb;
  }

  get version(): number {
    return this.props.version;
  }

  text(data: DataOf<Fields>, screen: Screen): string {
    return this.props.text(data, screen);
  }

  /** What a verb ends with. @param code its exit code */
  outcome(data: DataOf<Fields>, code = 0): Outcome {
    const { verb, version } = this.props;
    return { code, json: { verb, version, ...data }, text: (screen) => this.text(data, screen) };
  }
}

/** The data of a document, without the verb and the version. */
export type DataOf<Fields extends z.ZodRawShape> = z.output<z.ZodObject<Fields>>;

/** The data of documents of a type. */
export type DocumentData<Type> = Type extends DocumentType<infer Fields> ? DataOf<Fields> : never;

/** How a verb has ended, and what it prints then. */
export interface Outcome {
  readonly code: number;
  /** The document. */
  readonly json: unknown;
  /** The same for people; nothing is printed if it is empty. */
  text(screen: Screen): string;
}

/** What `--json` prints in place of a verb's document when the verb could not do its work. */
export const errorDocument = z.strictObject({
  error: z
    .strictObject({
      message: z.string().describe("The whole message, as it is printed without `--json`."),
      problems: z
        .array(
          z.strictObject({
            path: z.string().describe("Where it is: a field of an environment, an option, a file."),
            received: z.string().describe("What was received, as short JSON; `(hidden)` where it may be a secret."),
            message: z.string().describe("What is wrong; what to do about it."),
          }),
        )
        .describe("The mistakes that the message lists, one by one; empty where it is about something else."),
    })
    .describe("What is wrong."),
});

export type ErrorDocument = z.output<typeof errorDocument>;
