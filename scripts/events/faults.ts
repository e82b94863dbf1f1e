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

/** Which of them have their effect all the same. */
export const effectiveFaults: readonly FaultKind[] = ["latency", "exception", "corrupted", "lost-answer"];
