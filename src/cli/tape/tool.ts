// SPDX-License-Identifier: GPL-2.0-or-later
// What all tools share: how they fail, and that long work is seen to go on.
import { ConfigurationError } from '../../config/problem.js';
import { MediumError } from '../../medium/volume.js';

/** Exit statuses; scripts that call the tools of mhvtl 1.8 know them. */
export const EXIT = {
  /** The options or the configuration are wrong, there is no such cartridge, or it may not be changed. */
  failure: 1,
  /** The files of the cartridge, or others, could not be read or written. */
  store: 2,
} as const;

/** Ends a tool with a message for the user. */
export class Failure extends Error {
  readonly status: number;
  constructor(message: string, status: number = EXIT.failure) {
    super(message);
    this.name = 'Failure';
    this.status = status;
  }
}

/** The exit status of what a tool threw; undefined for what is a mistake of the tool. */
function statusOf(error: Error): number | undefined {
  if (error instanceof Failure) return error.status;
  if (error instanceof MediumError && error.fault === 'in use') return EXIT.failure;
  if (error instanceof ConfigurationError || error instanceof RangeError) return EXIT.failure;
  if (error instanceof MediumError || 'errno' in error) return EXIT.store;
  return undefined;
}

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const warn = (tool: string, message: string): void => {
  process.stderr.write(`${tool}: ${message}\n`);
};

/** Runs a tool to its end. What it throws becomes a line on standard error and an exit status. */
export async function runTool(tool: string, act: () => unknown): Promise<void> {
  /* A reader that has seen enough, as head(1), is no error. */
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : EXIT.store);
  });
  try {
    await act();
  } catch (error) {
    const status = error instanceof Error ? statusOf(error) : undefined;
    if (status === undefined) throw error;
    warn(tool, (error as Error).message);
    process.exitCode = status;
  }
}

/** Time between two updates of a progress line, ms. */
const INTERVAL = 200;

/** A line on a terminal that says how far long work has come. Nothing is written when nobody watches. */
export class Progress {
  readonly #label: string;
  #shown = 0;

  constructor(label: string) {
    this.#label = label;
  }

  /** @param done of `total`, in any unit */
  show(done: number, total: number): void {
    if (!process.stderr.isTTY || Date.now() - this.#shown < INTERVAL) return;
    this.#shown = Date.now();
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    process.stderr.write(`\r${this.#label}: ${percent} %`);
  }

  /** Removes the line. */
  end(): void {
    if (this.#shown) process.stderr.write(`\r${' '.repeat(this.#label.length + 7)}\r`);
    this.#shown = 0;
  }
}
