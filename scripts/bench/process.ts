import { readFileSync } from 'node:fs';

/** Of clock ticks, in which Linux tells processor time. */
const TICKS_A_SECOND = 100;

/** Memory that a process holds now, as Linux tells it. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}

/** Processor time that a process has taken, all of its threads, itself and the kernel for it. */
export function cpuSeconds(pid: number): number {
  // The name of the program comes second, in brackets, and may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
