import { createLogger } from "../../../runtime/observability/logger";
import type { ScheduledCall } from "../../../runtime/schedules/scheduled-call";
import { type Occurrence, type ScheduledTaskOptions, scheduledTask } from "../../../runtime/schedules/scheduled-task";
import { captureLogs, lambdaContext } from "../invocation";
import { memoryStore } from "../memory-store";

const logger = createLogger({ service: "books", environment: "test", level: "INFO" });
const call = (more: Partial<ScheduledCall> = {}): ScheduledCall => ({
  source: "evenkeel.schedule",
  schedule: "nightly",
  scheduledTime: "2026-01-05T03:00:00Z",
  executionId: "d32c5kddcf5bb8c3",
  attempt: "1",
  ...more,
});

function taskOf(
  run: (occurrence: Occurrence) => Promise<void> = async () => {},
  options: Partial<ScheduledTaskOptions> = {},
) {
  const ran: Occurrence[] = [];
  const handler = scheduledTask({
    logger,
    store: memoryStore(),
    consumer: "books",
    waitMs: 0,
    tasks: {
      nightly: async (occurrence) => {
        ran.push(occurrence);
        await run(occurrence);
      },
    },
    ...options,
  });
  return { handler, ran };
}

describe("A scheduled task", () => {
  let logs: ReturnType<typeof captureLogs>;
  beforeEach(() => {
    logs = captureLogs();
  });
  afterEach(() => logs.restore());
  const lines = () => logs.lines().filter(({ message }) => message === "schedule run");

  test("is told which occurrence it is, with the input of the schedule", async () => {
    const { handler, ran } = taskOf();
    await expect(handler(call({ input: { book: "main" } }), lambdaContext())).resolves.toEqual({
      outcome: "processed",
    });
    expect(ran).toMatchObject([
      {
        schedule: "nightly",
        eventId: "nightly#2026-01-05T03:00:00.000Z",
        scheduledTime: new Date("2026-01-05T03:00:00Z"),
        input: { book: "main" },
      },
    ]);
    expect(lines()).toMatchObject([{ schedule: "nightly", attempt: "1", outcome: "processed" }]);
  });

  test("runs once for each occurrence, whatever attempt or region calls", async () => {
    const { handler, ran } = taskOf();
    const outcomes = [];
    for (const one of [
      call(),
      call({ attempt: "2", executionId: "another" }),
      call({ scheduledTime: "2026-01-06T03:00:00Z" }),
    ]) {
      outcomes.push((await handler(one, lambdaContext())).outcome);
    }
    expect(outcomes).toEqual(["processed", "duplicate", "processed"]);
    expect(ran).toHaveLength(2);
  });

  test("runs again after a failure, for which it rejects", async () => {
    let fails = true;
    const { handler, ran } = taskOf(async () => {
      if (fails) throw new Error("the books are open");
    });
    await expect(handler(call(), lambdaContext())).rejects.toThrow("the books are open");
    fails = false;
    await expect(handler(call({ attempt: "2" }), lambdaContext())).resolves.toEqual({ outcome: "processed" });
    expect(ran).toHaveLength(2);
    expect(lines()).toMatchObject([{ outcome: "failed", error_code: "Error" }, { outcome: "processed" }]);
  });

  test("rejects while another invocation runs the occurrence, so that Lambda tries again", async () => {
    const store = memoryStore();
    store.states.set("books#nightly#2026-01-05T03:00:00.000Z", "claim-of-another");
    const { handler, ran } = taskOf(undefined, { store });
    await expect(handler(call(), lambdaContext())).rejects.toThrow();
    expect(ran).toEqual([]);
    expect(lines()).toMatchObject([{ level: "WARN", outcome: "failed" }]);
  });

  test("runs whatever comes without a store", async () => {
    const { handler, ran } = taskOf(undefined, { store: "none" });
    await handler(call(), lambdaContext());
    await handler(call(), lambdaContext());
    expect(ran).toHaveLength(2);
  });

  test.each<[string, unknown, string]>([
    [
      "a schedule without a task",
      call({ schedule: "weekly" }),
      'is of the schedule "weekly", for which there is no task',
    ],
    ["a name that every object has", call({ schedule: "constructor" }), "for which there is no task"],
    ["no time", call({ scheduledTime: "<aws.scheduler.scheduled-time>" }), "has no scheduledTime"],
    ["an event of something else", { source: "aws.events" }, "is not of a schedule of the toolkit"],
  ])("refuses %s", async (_, event, message) => {
    const { handler } = taskOf();
    await expect(handler(event as ScheduledCall, lambdaContext())).rejects.toThrow(message);
  });
});
