const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** An exact fraction in lowest terms, for money and quantities: never a float (rule 8). Immutable. */
export class Rational {
  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** From a plain decimal ("-12.50"): no exponent, plus sign or leading zeros. Throws RangeError for anything else. */
  static parse(decimal: string): Rational {
    if (!PLAIN_DECIMAL.test(decimal)) throw new RangeError(`"${decimal}" is not a plain decimal`);
    const point = decimal.indexOf('.');
    if (point < 0) return new Rational(BigInt(decimal), 1n);
    const digits = decimal.length - point - 1;
    return Rational.of(BigInt(decimal.slice(0, point) + decimal.slice(point + 1)), 10n ** BigInt(digits));
  }

  /** numerator / denominator; throws RangeError when the denominator is 0. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    let [n, d] = [BigInt(numerator), BigInt(denominator)];
    if (d === 0n) throw new RangeError('a fraction cannot have the denominator 0');
    if (d < 0n) [n, d] = [-n, -d];
    const divisor = gcd(n, d);
    return new Rational(n / divisor, d / divisor);
  }

  static sum(items: Iterable<Rational>): Rational {
    let total = Rational.ZERO;
    for (const item of items) total = total.plus(item);
    return total;
  }

  static min(a: Rational, b: Rational): Rational {
    return a.compare(b) <= 0 ? a : b;
  }

  static max(a: Rational, b: Rational): Rational {
    return a.compare(b) >= 0 ? a : b;
  }

  plus(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Rational): Rational {
    return this.plus(new Rational(-other.numerator, other.denominator));
  }

  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws RangeError when `other` is 0. */
  over(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  /** Negative, 0 or positive as this is less than, equal to or more than `other`. */
  compare(other: Rational): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get sign(): number {
    return this.numerator < 0n ? -1 : this.numerator > 0n ? 1 : 0;
  }

  /** The largest multiple of 10^-digits that is not above this. */
  floor(digits: number): Rational {
    const scale = 10n ** BigInt(digits);
    const scaled = this.numerator * scale;
    const whole = scaled / this.denominator;
    return Rational.of(scaled < 0n && whole * this.denominator !== scaled ? whole - 1n : whole, scale);
  }

  /** The nearest multiple of 10^-digits; halves go up. */
  round(digits: number): Rational {
    return this.plus(Rational.of(1n, 2n * 10n ** BigInt(digits))).floor(digits);
  }

  /** Decimal text with exactly `digits` decimals. Throws RangeError when that would lose something: round first. */
  toFixed(digits: number): string {
    const scale = 10n ** BigInt(digits);
    if ((this.numerator * scale) % this.denominator !== 0n) throw new RangeError(`not a multiple of 10^-${digits}`);
    const units = (this.numerator * scale) / this.denominator;
    const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
    const sign = units < 0n ? '-' : '';
    return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }

  /** Decimal text without trailing zeros when it ends, else the fraction "n/d". */
  toString(): string {
    for (let [rest, digits] = [this.denominator, 0]; digits <= 40; digits++) {
      if (10n ** BigInt(digits) % rest === 0n) return this.toFixed(digits);
    }
    return `${this.numerator}/${this.denominator}`;
  }
}
