import { canonical } from "./random";

/** The ids in use, by type and region, so that two resources with the same configuration get different ids. */
export class LiveIds {
  private readonly ids = new Map<string, Set<string>>();

  has(typeName: string, region: string, state: Record<string, unknown>): boolean {
    return this.ids.get(`${typeName} ${region}`)?.has(identityOf(state)) ?? false;
  }

  add(typeName: string, region: string, state: Record<string, unknown>): void {
    const key = `${typeName} ${region}`;
    const known = this.ids.get(key) ?? new Set();
    this.ids.set(key, known.add(identityOf(state)));
  }

  delete(typeName: string, region: string, state: Record<string, unknown>): void {
    this.ids.get(`${typeName} ${region}`)?.delete(identityOf(state));
  }
}

/** What tells resources of one type apart. */
export function identityOf(state: Record<string, unknown>): string {
  return canonical([state.id, state.arn]);
}
