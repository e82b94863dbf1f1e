type Kind = "resource" | "data";

/**
 * What one resource or data source is rendered as, before it is put to the others of its stack. The engine has three objects for it, whose
 * only names are the kind, the type and the name: V8 keeps a shape for each name that an object begins with.
 */
export class Fragment {
  constructor(
    readonly kind: Kind,
    readonly type: string,
    readonly name: string,
    readonly values: unknown,
  ) {}

  with(values: unknown): Fragment {
    return new Fragment(this.kind, this.type, this.name, values);
  }

  /** As the engine has it. */
  toEngine(): Partial<Record<Kind, object>> {
    return { [this.kind]: { [this.type]: { [this.name]: this.values } } };
  }
}

/** Of objects that nobody has looked at. */
const closed = new WeakMap<object, Fragment>();

/** A fragment as the engine has it, made when it is read: an element may ask another one what it is rendered as. */
export function asEngineHas(fragment: Fragment): object {
  const object = Object.defineProperty({}, fragment.kind, properties[fragment.kind]);
  closed.set(object, fragment);
  return object;
}

/** The fragment that an object stands for; undefined for any other value, and for what somebody has read or changed. */
export function fragmentOf(value: unknown): Fragment | undefined {
  const fragment = typeof value === "object" && value !== null ? closed.get(value) : undefined;
  return fragment && Object.keys(value as object).length === 1 ? fragment : undefined;
}

const properties = { resource: readLater("resource"), data: readLater("data") };

/** One for all objects, so that V8 has one shape for them. */
function readLater(kind: Kind): PropertyDescriptor & ThisType<object> {
  const put = (object: object, value: unknown) => {
    closed.delete(object);
    Object.defineProperty(object, kind, { value, configurable: true, enumerable: true, writable: true });
    return value;
  };
  return {
    configurable: true,
    enumerable: true,
    get() {
      return put(this, closed.get(this)?.toEngine()[kind]);
    },
    set(value: unknown) {
      put(this, value);
    },
  };
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
