import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { accountQuotas } from "../../values/quotas";
import { DocumentType } from "../document";
import { environment, stage } from "./parts";

const row = z.strictObject({
  region: z.string().nullable().describe("Region; null for a quota of the whole account."),
  quota: z.string().describe("The field of `quotas` that states it."),
  what: z.string().describe("What is counted, and in what."),
  service: z.string().nullable().describe("What Service Quotas calls the service; null where it does not know it."),
  code: z.string().nullable().describe("Code of the quota; null where Service Quotas does not know it."),
  uses: z.number().describe("How much the environment uses."),
  of: z.string().nullable().describe("What uses most, where it is a quota of each; otherwise null."),
  takesOverFrom: z
    .string()
    .nullable()
    .describe("The region whose traffic is counted, which this one has to carry after a failover; null for its own."),
  value: z.number().describe("What the account has."),
  from: z
    .enum(["default", "stated", "read"])
    .describe("Where that is from: AWS's default, the environment's file, or Service Quotas."),
  share: z.number().nullable().describe("What is used of it: 0.5 is half of it; null where there is none."),
  verdict: z.enum(["fits", "near", "exceeded"]).describe("Whether it fits; `near` from 80 % on."),
  ask: z
    .string()
    .nullable()
    .describe("The command that asks AWS for more; null where it fits or nothing can be asked."),
});

type Row = z.output<typeof row>;

/** What `quotas` prints: how much of an account's quotas an environment uses. */
export const quotasDocument = new DocumentType({
  verb: "quotas",
  version: 1,
  fields: {
    environment,
    stage,
    account: z.string().describe("AWS account."),
    read: z.boolean().describe("Whether AWS was asked for the quotas."),
    exceeded: z.number().describe("How many quotas are exceeded."),
    quotas: z.array(row).describe("The quotas that the environment uses, by region."),
  },
  text: ({ environment: name, stage: at, account, read, exceeded, quotas }, screen) => {
    const asks = quotas.flatMap(({ ask, verdict }) => (ask === null ? [] : [{ ask, verdict }]));
    return [
      paragraphs(
        `What ${name} uses of the quotas of account ${account}, at stage ${at}. ${read ? "AWS was asked for the quotas that it lists." : "AWS was not asked: quotas are those of the file, and AWS's defaults."} Others in the account use them too.`,
        screen,
      ),
      "",
      renderTable({ columns, rows: quotas.map(cells) }, screen),
      ...(asks.length === 0
        ? []
        : [
            "",
            paragraphs("To ask of AWS, with room for a quarter more:", screen),
            ...asks.map(({ ask }) => `  ${ask}`),
          ]),
      "",
      paragraphs(
        exceeded === 0
          ? "No quota is exceeded."
          : `${exceeded} ${exceeded === 1 ? "quota is" : "quotas are"} exceeded: a deployment stops there, or a region cannot take over.`,
        screen,
      ),
    ].join("\n");
  },
});

const columns: readonly Column[] = [
  { title: "region", kind: "name", importance: "essential" },
  { title: "what", kind: "text", importance: "essential" },
  { title: "uses", kind: "number", importance: "essential" },
  { title: "quota", kind: "number", importance: "essential" },
  { title: "from", kind: "name", importance: "useful" },
  { title: "share", kind: "number", importance: "essential" },
  { title: "code", kind: "name", importance: "useful" },
  { title: "most in", kind: "name", importance: "detail" },
];

const cells = ({ region, what, uses, takesOverFrom, value, from, share, code, of }: Row) => [
  region ?? "account",
  takesOverFrom === null ? what : `${what}, to take over from ${takesOverFrom}`,
  uses.toLocaleString("en-US"),
  value.toLocaleString("en-US"),
  from,
  share === null ? "-" : percent(share),
  code ?? "-",
  of ?? "-",
];

const percent = (share: number): string => (share > 0 && share < 0.01 ? "<1 %" : `${Math.round(share * 100)} %`);

/** What a quota counts, in words. */
export const inWords = (name: keyof typeof accountQuotas): string =>
  `${accountQuotas[name].what}${/ (region|account)$/.test(accountQuotas[name].per) ? "" : ` ${accountQuotas[name].per}`}`;
