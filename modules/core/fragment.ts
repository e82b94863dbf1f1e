/**
 * What one resource or data source is rendered as, before it is put to the others of its stack. The engine has three objects for it, whose
 * only names are the kind, the type and the name: V8 keeps a shape for each name that an object begins with.
 */
export class Fragment {
  constructor(
    readonly kind: "resource" | "data",
    readonly type: string,
    readonly name: string,
    readonly values: unknown,
  ) {}

  with(values: unknown): Fragment {
    return new Fragment(this.kind, this.type, this.name, values);
  }

  /** As the engine has it. */
  toEngine(): object {
    return { [this.kind]: { [this.type]: { [this.name]: this.values } } };
  }
}

let isJoining = false;

/** Whether what is rendered is put to the others of a stack next, so that a fragment will do. */
export const joinsFragments = (): boolean => isJoining;

/** Does work of which what it renders is put together, or of which it is not. */
export function whileJoining<T>(joins: boolean, work: () => T): T {
  const before = isJoining;
  isJoining = joins;
  try {
    return work();
  } finally {
    isJoining = before;
  }
}
