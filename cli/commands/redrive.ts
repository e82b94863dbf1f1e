import { UserError } from "../../errors";
import { screenOf } from "../../output";
import { eventClients, loadModules, queueClients } from "../aws/clients";
import { refusalOf } from "../aws/consumers";
import { type AgainOptions, dayMs, defaultRememberDays, namesOption, numberOption } from "../aws/options";
import { environmentResources } from "../aws/resources";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import type { DocumentData, Outcome } from "../document";
import { redriveDocument } from "../documents/redrive";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { Journal } from "../redrive/journal";
import { Pace } from "../redrive/pace";
import { type DeadLetterPlace, deadLetterPlaces, destinationText, keptElsewhere } from "../redrive/places";
import { type Calls, DeadLetterQueue } from "../redrive/queue";
import { type Redriven, redriveQueue } from "../redrive/redrive-queue";
import { sender } from "../redrive/send";
import { slowly } from "../redrive/slowly";
import { type Survey, survey } from "../redrive/survey";
import { step } from "../step";

export interface RedriveVerbOptions extends AgainOptions {
  readonly queues?: readonly string[];
  readonly reasons?: readonly string[];
  readonly rate?: string;
  readonly limit?: string;
  readonly sample?: string;
}

/** None of the queues is in the account. */
export class MissingQueueError extends UserError {
  override readonly name = "MissingQueueError";
}

type Row = DocumentData<typeof redriveDocument>["places"][number];

interface Work {
  /** Undefined where it does not exist. */
  readonly queue: DeadLetterQueue | undefined;
  readonly row: Row;
}

const words = [
  "Stopping: what is being sent is finished, and nothing else is sent.\n",
  "Still waiting for AWS to answer. One more interrupt ends this process: a letter that is being sent may then be sent again.\n",
  "Ended. Run the same command again.\n",
] as const;

/**
 * Sends the dead letters of an environment back to where they come from. Without `--start` it only says what is there.
 * @returns exit code 0 when all is well, 1 when letters that were asked for are left, or refused
 */
export async function redrive(name: string, options: RedriveVerbOptions): Promise<Outcome> {
  const verb = "redrive";
  const { account } = project.find(name).input;
  const perSecond = numberOption(verb, "--rate", options.rate, { standard: 10, min: 0.1, max: 1_000, whole: false });
  const limit = numberOption(verb, "--limit", options.limit, { standard: Number.MAX_SAFE_INTEGER, min: 1, max: 1e9 });
  const sample = numberOption(verb, "--sample", options.sample, { standard: 100, min: 1, max: 10_000 });
  const rememberDays = numberOption(verb, "--remember-days", options.rememberDays, {
    standard: defaultRememberDays,
    min: 1,
    max: 3_650,
  });
  if (options.start && !options.autoApprove) checkSomebodyAnswers(`${verb} ${name} --start`);
  const modules = loadModules();
  const clients = { ...queueClients(modules), ...eventClients(await import("@aws-sdk/client-eventbridge")) };
  const calls: Calls = { modules, clients, account };

  return interruptible(async (signal) => {
    const { resources, stateFile, leave } = await environmentResources(verb, name);
    try {
      const places = chosen(deadLetterPlaces(resources), options);
      const elsewhere = keptElsewhere(resources);
      const repeatable = new Set(options.repeatable ?? []);
      const works = await step("Looking at dead letters", (say) =>
        lookAt(places, { calls, name, sample, repeatable, signal, say }),
      );
      const rows = works.map(({ row }) => row);
      const wanted = works.filter(({ row }) => row.refused === null && row.messages + row.inFlight > 0);
      const command = again(name, options);
      const dry = (code: number): Outcome =>
        redriveDocument.outcome(
          { environment: name, started: false, places: rows, elsewhere, runAgain: wanted.length > 0 ? command : null },
          code,
        );
      if (!options.start || signal.aborted) return dry(signal.aborted ? 1 : 0);
      if (wanted.length > 0 && !options.autoApprove && !(await consents(dry(1), signal))) return dry(1);

      const startedAt = Date.now();
      const journal = new Journal(`${stateFile}.journal`);
      if (journal.resumed) note(`Going on where an earlier run ended: ${journal.taken} letters were sent.`);
      let complete = false;
      try {
        const budget = { left: limit };
        const pace = new Pace(perSecond);
        await step("Sending dead letters back", async (say) => {
          const tell = slowly(say);
          for (const { queue, row } of wanted) {
            if (signal.aborted || budget.left <= 0) break;
            if (!queue) continue;
            const { destination, origin } = queue.place;
            if (!destination) continue;
            const redriven = await redriveQueue(queue, {
              send: await sender(calls, destination, origin === "queue"),
              journal,
              pace,
              perSecond,
              reasons: options.reasons && new Set(options.reasons),
              notBefore: startedAt - rememberDays * dayMs,
              notAfter: startedAt,
              budget,
              signal,
              onProgress: ({ sent }) => tell(`${row.queue} in ${row.region}: ${sent} of about ${row.messages}`),
            });
            Object.assign(row, resultOf(redriven));
            // Whatever another run has received comes back, and is not done.
            row.inFlight = (await queue.counts()).inFlight;
          }
        });
        complete = !signal.aborted && wanted.every(({ row }) => isDone(row));
      } finally {
        journal.close(complete);
      }
      return redriveDocument.outcome(
        {
          environment: name,
          started: true,
          places: rows,
          elsewhere,
          runAgain: complete && !isLimited(rows) ? null : command,
        },
        complete && !rows.some(({ refused, messages }) => refused !== null && messages > 0) ? 0 : 1,
      );
    } finally {
      leave();
    }
  }, words);
}

/** Whether nothing is left in a queue that was asked for. */
const isDone = ({ stopped, inFlight, left }: Row): boolean =>
  stopped === "limit" || (stopped === null && inFlight === 0 && left.every(({ why }) => why === "another reason"));

const isLimited = (rows: readonly Row[]): boolean => rows.some(({ stopped }) => stopped === "limit");

function chosen(places: readonly DeadLetterPlace[], { queues, regions }: RedriveVerbOptions): DeadLetterPlace[] {
  const names = namesOption("redrive", "--queues", queues, [...new Set(places.map(({ queue }) => queue))]);
  const where = namesOption("redrive", "--regions", regions, [...new Set(places.map(({ region }) => region))]);
  return places.filter(({ queue, region }) => names.has(queue) && where.has(region));
}

async function lookAt(
  places: readonly DeadLetterPlace[],
  {
    calls,
    name,
    sample,
    repeatable,
    signal,
    say,
  }: {
    readonly calls: Calls;
    readonly name: string;
    readonly sample: number;
    readonly repeatable: ReadonlySet<string>;
    readonly signal: AbortSignal;
    readonly say: (detail: string) => void;
  },
): Promise<Work[]> {
  const found = await Promise.all(
    places.map(async (place) => [place, await DeadLetterQueue.find(calls, place)] as const),
  );
  if (found.length > 0 && found.every(([, queue]) => queue === undefined)) {
    const queues = found.map(([{ queue, region }]) => `${queue} in ${region}`).join(", ");
    throw new MissingQueueError(
      `Account ${calls.account} has no queue ${queues}; deploy ${name}, or check that the credentials are of that account.`,
    );
  }
  const works: Work[] = [];
  for (const [place, queue] of found) {
    if (signal.aborted) break;
    say(`${place.queue} in ${place.region}`);
    const seen = queue ? await survey(queue, sample, signal) : nothing;
    const row = rowOf(place, seen, repeatable);
    if (!queue) row.refused = `it does not exist in account ${calls.account}; deploy ${name}`;
    works.push({ queue, row });
  }
  return works;
}

/** What is in a queue that does not exist. */
const nothing: Survey = { waiting: 0, inFlight: 0, lookedAt: 0, oldest: undefined, reasons: [] };

function rowOf(place: DeadLetterPlace, seen: Survey, repeatable: ReadonlySet<string>): Row {
  return {
    queue: place.queue,
    region: place.region,
    origin: place.origin,
    of: place.of,
    destination: place.destination ? destinationText(place.destination) : null,
    consumers: place.consumers.map(({ name, region, idempotent }) => ({ name, region, idempotent })),
    messages: seen.waiting,
    inFlight: seen.inFlight,
    lookedAt: seen.lookedAt,
    oldest: seen.oldest === undefined ? null : new Date(seen.oldest).toISOString().replace(/\.\d+Z$/, "Z"),
    reasons: seen.reasons.map(({ reason, count }) => ({ why: reason, messages: count })),
    refused: refusal(place, repeatable) ?? null,
    sent: 0,
    finished: 0,
    uncertain: 0,
    left: [],
    stopped: null,
  };
}

function refusal({ origin, of, destination, consumers }: DeadLetterPlace, repeatable: ReadonlySet<string>) {
  if (destination) return refusalOf(of, consumers, repeatable);
  if (origin === "stream") return "they say where in the stream the records stand, not what they hold; read them there";
  return "its target is outside of the environment, or gets something else than what the dead letter holds";
}

const resultOf = ({ sent, finished, uncertain, left, stopped }: Redriven): Partial<Row> => ({
  sent,
  finished,
  uncertain,
  left: [...left].map(([why, messages]) => ({ why, messages })).sort((one, other) => other.messages - one.messages),
  stopped: stopped ?? null,
});

/** Shows what is there, and asks whether to send it. */
async function consents(found: Outcome, signal: AbortSignal): Promise<boolean> {
  note(found.text(screenOf(process.stderr)));
  const answer = await ask("Send them again, except for those that are refused? (yes/no) ", signal);
  if (answer === "yes") return true;
  note("Nothing was sent.");
  return false;
}

/** The command with `--start`. */
function again(
  name: string,
  { queues, regions, reasons, repeatable, rate, limit, rememberDays }: RedriveVerbOptions,
): string {
  const list = (option: string, values: readonly string[] | undefined) =>
    values ? [`--${option} ${values.join(",")}`] : [];
  const one = (option: string, value: string | undefined) => (value === undefined ? [] : [`--${option} ${value}`]);
  return [
    `npx evenkeel redrive ${name}`,
    ...list("queues", queues),
    ...list("regions", regions),
    ...list("reasons", reasons),
    ...list("repeatable", repeatable),
    ...one("rate", rate),
    ...one("limit", limit),
    ...one("remember-days", rememberDays),
    "--start",
  ].join(" ");
}
