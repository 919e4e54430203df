/** Conditions of a WHERE clause, each with its values as $1, $2 ... */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  /** Adds `sql`, in which each `?` stands for the next of `values`. */
  add(sql: string, ...values: unknown[]): this {
    let next = 0;
    this.parts.push(sql.replace(/\?/g, () => `$${this.values.push(values[next++])}`));
    return this;
  }

  toString(): string {
    return this.parts.length ? this.parts.map((part) => `(${part})`).join(' AND ') : 'true';
  }
}
