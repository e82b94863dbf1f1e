/** Starts to measure; each call of the result gives the time since then as the field `duration_ms` of a log line. */
export function stopwatch(): () => { readonly duration_ms: number } {
  const startMs = performance.now();
  return () => ({ duration_ms: Math.round((performance.now() - startMs) * 10) / 10 });
}
