/** `Date.now` that a test moves forward; what waits for real time does not notice. */
export interface ShiftedTime {
  advance(ms: number): void;
  restore(): void;
}

/** Puts a shifted `Date.now` in place of the real one; call it before anything under test is made. */
export function shiftTime(): ShiftedTime {
  const real = Date.now;
  let shiftMs = 0;
  const spy = jest.spyOn(Date, "now").mockImplementation(() => real() + shiftMs);
  return {
    advance: (ms) => {
      shiftMs += ms;
    },
    restore: () => spy.mockRestore(),
  };
}
