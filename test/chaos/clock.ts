// Loaded before a node, so that its clock is off by as much as the environment says.
const off = Number(process.env['CHAOS_CLOCK_MS'] ?? 0);
const TrueDate = Date;

class ShiftedDate extends TrueDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(TrueDate.now() + off);
    else super(...(given as [number]));
  }

  static override now(): number {
    return TrueDate.now() + off;
  }
}

if (off !== 0) globalThis.Date = ShiftedDate as DateConstructor;
