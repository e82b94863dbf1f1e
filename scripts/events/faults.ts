/** How the warehouse fails. What it does with a list is done before its answer is lost: the caller cannot know. */
export const faultKinds = [
  "latency",
  "exception",
  "status",
  "throttled",
  "timeout",
  "blocked",
  "corrupted",
  "lost-answer",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What each does, for the page. */
export const faultsInWords: Readonly<Record<FaultKind, string>> = {
  latency: "takes the list, and answers later than anybody waits",
  exception: "takes the list, and answers 500",
  status: "answers 503",
  throttled: "answers 429",
  timeout: "never answers",
  blocked: "closes each connection",
  corrupted: "takes the list, and answers with half of it",
  "lost-answer": "takes the list, and closes the connection",
};

/**
 * Faults of the service's own process, which its own wrapper injects into a share of invocations and requests during the whole of a run. Answers of
 * DynamoDB that are lost or wrong are not among them: nobody can then know whether a list was handed over.
 */
export const ownFaults = [
  { at: "handler", kind: "memory-pressure", percent: 20, mb: 64 },
  { at: "handler", kind: "full-disk", percent: 20, mb: 32 },
  { at: "handler", kind: "exception", percent: 2 },
  { at: "handler", kind: "status", percent: 2, status: 503 },
  { at: "dynamodb", kind: "latency", percent: 5, ms: 50 },
  { at: "dynamodb", kind: "status", percent: 1, status: 400, error: "ThrottlingException" },
] as const;

/** What they are called in counts: the place and the kind. */
export const ownFaultNames = ownFaults.map(({ at, kind }) => `${at} ${kind}`);

/** Which faults of the warehouse have their effect all the same. */
export const effectiveFaults: readonly FaultKind[] = ["latency", "exception", "corrupted", "lost-answer"];
