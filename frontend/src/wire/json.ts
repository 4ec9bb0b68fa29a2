/** A JSON text that violates the contract; `path` names the place. */
export class WireError extends Error {
  constructor(path: string, expected: string) {
    super(`${path}: expected ${expected}`);
    this.name = "WireError";
  }
}

/** Reads typed fields from one JSON object. For a wrong one it throws a {@link WireError} that names the field's path. */
export class Fields {
  private readonly fields: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly path = "$",
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WireError(path, "an object");
    this.fields = value as Record<string, unknown>;
  }

  text(name: string): string {
    const value = this.fields[name];
    return typeof value === "string" ? value : this.fail(name, "a string");
  }

  number(name: string): number {
    const value = this.fields[name];
    return typeof value === "number" ? value : this.fail(name, "a number");
  }

  flag(name: string): boolean {
    const value = this.fields[name];
    return typeof value === "boolean" ? value : this.fail(name, "true or false");
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.fields[name];
    return values.find((known) => known === value) ?? this.fail(name, values.join(" or "));
  }

  texts(name: string): string[] {
    return this.list(name, (item, path) => (typeof item === "string" ? item : fail(path, "a string")));
  }

  numbers(name: string): number[] {
    return this.list(name, (item, path) => (typeof item === "number" ? item : fail(path, "a number")));
  }

  objects<T>(name: string, read: (fields: Fields) => T): T[] {
    return this.list(name, (item, path) => read(new Fields(item, path)));
  }

  object(name: string): Fields {
    return new Fields(this.fields[name], `${this.path}.${name}`);
  }

  /** The field as `read` reads it, or null if it is null or missing. */
  optional<T>(name: string, read: (name: string) => T): T | null {
    return this.fields[name] == null ? null : read(name);
  }

  /** All fields that are numbers, whatever their names. */
  allNumbers(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.fields).filter((entry): entry is [string, number] => typeof entry[1] === "number"));
  }

  /** All fields that are texts, whatever their names. */
  allTexts(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.fields).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  }

  /** All fields, whatever their names. Each has to be an object. */
  all<T>(read: (fields: Fields) => T): Record<string, T> {
    return Object.fromEntries(Object.entries(this.fields).map(([name, value]) => [name, read(new Fields(value, `${this.path}.${name}`))]));
  }

  private list<T>(name: string, read: (item: unknown, path: string) => T): T[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) return this.fail(name, "a list");
    return value.map((item, index) => read(item, `${this.path}.${name}[${index}]`));
  }

  private fail(name: string, expected: string): never {
    return fail(`${this.path}.${name}`, expected);
  }
}

function fail(path: string, expected: string): never {
  throw new WireError(path, expected);
}
