const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/**
 * Denominators below it are brought to lowest terms: those of figures of 60 digits a side and of what is made of two of them.
 * Beyond it the search for a common divisor, which takes the square of the length, costs more than the length that it saves.
 */
const REDUCED_BELOW = 1n << 512n;

/** A denominator for both; shorter than their product where one is a multiple of the other, as decimals mostly are. */
function commonDenominator(a: bigint, b: bigint): bigint {
  if (a % b === 0n) return a;
  return b % a === 0n ? b : a * b;
}

/** An exact fraction, for money and quantities: never a float (rule 8). In lowest terms unless its denominator is huge. Immutable. */
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
    if (n === 0n) return Rational.ZERO;
    if (d < 0n) [n, d] = [-n, -d];
    if (d >= REDUCED_BELOW) return new Rational(n, d);
    const divisor = gcd(n, d);
    return new Rational(n / divisor, d / divisor);
  }

  /** By halves: of many with denominators of their own, most additions are of short ones. */
  static sum(items: Iterable<Rational>): Rational {
    let terms = [...items];
    while (terms.length > 1) {
      const pairs = Array.from({ length: Math.ceil(terms.length / 2) }, (_, i) => terms.slice(2 * i, 2 * i + 2));
      terms = pairs.map(([one, other]) => (other ? one!.plus(other) : one!));
    }
    return terms[0] ?? Rational.ZERO;
  }

  static min(a: Rational, b: Rational): Rational {
    return a.compare(b) <= 0 ? a : b;
  }

  static max(a: Rational, b: Rational): Rational {
    return a.compare(b) >= 0 ? a : b;
  }

  plus(other: Rational): Rational {
    const common = commonDenominator(this.denominator, other.denominator);
    const own = this.numerator * (common / this.denominator);
    return Rational.of(own + other.numerator * (common / other.denominator), common);
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
    for (let digits = 0; digits <= 40; digits++) {
      if ((this.numerator * 10n ** BigInt(digits)) % this.denominator === 0n) return this.toFixed(digits);
    }
    return `${this.numerator}/${this.denominator}`;
  }
}
