/**
 * Loads a handler whose clients wait a minute for each answer, and whose events may take as long: on a busy machine a test server
 * may need longer than a function would wait.
 */
export async function withPatience<T>(load: () => Promise<T>): Promise<T> {
  const clientLimits = "../../runtime/aws/client-limits";
  const publisher = "../../runtime/events/publisher";
  jest.doMock(clientLimits, () => {
    const actual = jest.requireActual<typeof import("../../runtime/aws/client-limits")>(clientLimits);
    const patient: typeof actual.clientLimits = (limits) =>
      actual.clientLimits({ ...limits, connectionTimeoutMs: 60_000, requestTimeoutMs: 60_000 });
    return { ...actual, clientLimits: patient };
  });
  jest.doMock(publisher, () => {
    const actual = jest.requireActual<typeof import("../../runtime/events/publisher")>(publisher);
    const patient: typeof actual.createPublisher = (options) =>
      actual.createPublisher({ ...options, deadlineMs: 60_000 });
    return { ...actual, createPublisher: patient };
  });
  try {
    return await load();
  } finally {
    jest.dontMock(clientLimits);
    jest.dontMock(publisher);
  }
}
