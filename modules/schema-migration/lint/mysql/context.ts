/** What a file has done before the statement that is looked at. */
export class LintContext {
  /** Tables and views that this file has created: nobody uses them before it ends. */
  private created = new Set<string>();

  nextFile(): void {
    this.created = new Set();
  }

  create(name: string): void {
    this.created.add(name);
  }

  isNew(name: string): boolean {
    return this.created.has(name);
  }
}
