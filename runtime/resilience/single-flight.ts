/** Work that concurrent callers share: who comes while it runs gets its result, or its error. */
export class SingleFlight<T> {
  private running: Promise<T> | undefined;

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  run(work: () => Promise<T>): Promise<T> {
    this.running ??= work().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }
}
