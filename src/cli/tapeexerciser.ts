// SPDX-License-Identifier: GPL-2.0-or-later
// tapeexerciser: writes patterns to a tape through st, reads and spaces over them, and says whether all was right.
import { Command } from 'commander';
import { version } from '../version.js';
import { StDevice, statusWords, type TapeOperation } from './tape/st-device.js';
import { Failure, print, runTool } from './tape/tool.js';

const TOOL = 'tapeexerciser';
/** Exit statuses; 255 is that of mhvtl 1.8. */
const STATUS = { wrong: 2, noDevice: 255 } as const;

const KIB = 1024;
/** More than any block here. */
const ROOM = 256 * KIB;

/** Bytes of a block, told apart by where it was written. */
function pattern(number: number, size: number): Uint8Array {
  const block = new Uint8Array(size);
  for (let i = 0; i < size; i++) block[i] = (number * 31 + (i >> 8) + i) & 0xff;
  return block;
}

type Written = number | 'filemark';
const FM = 'filemark';

/** What is on the tape after both patterns: sizes of blocks by object number. */
const LAYOUT: readonly Written[] = [
  ...[8, 64],
  FM,
  ...[64, 64, 64, 64, 64],
  ...[128, 128, 128],
  FM,
  128,
  FM,
  128,
  FM,
  FM,
];

interface Outcome {
  readonly test: string;
  readonly passed: boolean;
  readonly detail: string;
}

class Exercise {
  readonly outcomes: Outcome[] = [];
  readonly #device: StDevice;
  readonly #say: (line: string) => void;

  constructor(device: StDevice, say: (line: string) => void) {
    this.#device = device;
    this.#say = say;
  }

  /** Does one thing and looks whether the tape stands where it must; what goes wrong is noted. */
  step(test: string, position: number, act: () => string | undefined): void {
    let detail: string | undefined;
    try {
      detail = act();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      detail = error.message;
    }
    const at = this.#device.status().position;
    if (detail === undefined && at !== position) detail = `stands at block ${at}, not ${position}`;
    this.#say(`${test}: Block ${at}${detail === undefined ? '' : `: FAILED: ${detail}`}`);
    this.outcomes.push({ test, passed: detail === undefined, detail: detail ?? '' });
  }

  operate(operation: TapeOperation, count: number, position: number): void {
    this.step(`${operation}(${count})`, position, () => {
      this.#device.operate(operation, count);
      return undefined;
    });
  }

  /** An operation that must fail, and end at `position`. */
  refuse(operation: TapeOperation, count: number, position: number): void {
    this.step(`${operation}(${count}), to be refused`, position, () => {
      try {
        this.#device.operate(operation, count);
      } catch {
        return undefined;
      }
      return 'it was not refused';
    });
  }

  /** Writes what the layout has from object `first` to before `last`. */
  write(first: number, last: number): void {
    for (let number = first; number < last; number++) {
      const object = LAYOUT[number]!;
      if (object === FM) this.operate('weof', 1, number + 1);
      else
        this.step(`write(${object} KiB)`, number + 1, () => {
          this.#device.write(pattern(number, object * KIB));
          return undefined;
        });
    }
  }

  /** Reads the object `number`, which is next, and compares it. */
  read(number: number): void {
    const object = LAYOUT[number]!;
    this.step(`read(${object === FM ? FM : `${object} KiB`})`, number + 1, () => {
      const block = this.#device.read(ROOM);
      if (object === FM) return block.length === 0 ? undefined : `found ${block.length} bytes`;
      return Buffer.compare(block, pattern(number, object * KIB)) === 0
        ? undefined
        : `found ${block.length} other bytes`;
    });
  }
}

/** Object that the second pattern begins to overwrite: the filemark that ends the first. */
const OVERWRITTEN = 8;

function exercise(run: Exercise): void {
  run.operate('rewind', 1, 0);
  run.operate('setblk', 0, 0);
  run.operate('compression', 0, 0);
  /* Pattern 1. A count of 0 writes nothing but what is buffered. */
  run.write(0, OVERWRITTEN);
  run.operate('weof', 0, OVERWRITTEN);
  run.operate('weof', 1, OVERWRITTEN + 1);
  /* Pattern 2, over the end of the first. */
  run.operate('rewind', 1, 0);
  run.operate('fsf', 1, 3);
  run.operate('fsr', 5, OVERWRITTEN);
  run.write(OVERWRITTEN, LAYOUT.length);
  /* All of it is there, and then nothing. */
  run.operate('rewind', 1, 0);
  for (let number = 0; number < LAYOUT.length; number++) run.read(number);
  /* Filemarks, forwards and backwards. */
  run.operate('rewind', 1, 0);
  run.operate('fsf', 2, 12);
  run.operate('bsf', 1, 11);
  run.operate('bsf', 1, 2);
  run.operate('fsf', 5, LAYOUT.length);
  run.refuse('fsf', 1, LAYOUT.length);
  /* Blocks: a filemark is in the way. */
  run.operate('rewind', 1, 0);
  run.operate('fsr', 2, 2);
  run.refuse('fsr', 1, 3);
  run.operate('fsr', 3, 6);
  run.operate('bsr', 2, 4);
  run.read(4);
  /* Addresses. */
  run.operate('seek', 10, 10);
  run.read(10);
  run.operate('eod', 1, LAYOUT.length);
  run.operate('seek', 0, 0);
  run.read(0);
  run.operate('rewind', 1, 0);
}

function main({ file, json }: { readonly file: string; readonly json?: true }): void {
  let device: StDevice;
  try {
    device = new StDevice(file);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Failure(error.message, STATUS.noDevice);
  }
  const run = new Exercise(device, json ? () => {} : print);
  try {
    exercise(run);
    const { generalStatus, fileNumber, blockNumber } = device.status();
    const failed = run.outcomes.filter(({ passed }) => !passed).length;
    if (json) print(JSON.stringify({ device: file, failed, outcomes: run.outcomes }));
    else {
      print(`File number=${fileNumber}, block number=${blockNumber}`);
      print(`General status: ${statusWords(generalStatus).join(' ')}`);
      print(failed === 0 ? `PASS: ${run.outcomes.length} steps` : `FAIL: ${failed} steps`);
    }
    if (failed > 0) process.exitCode = STATUS.wrong;
  } finally {
    device.close();
  }
}

const program = new Command(TOOL)
  .description('Writes patterns to a tape, over what is on it, and reads them in many ways.')
  .requiredOption('-f, --file <device>', 'non-rewinding tape device, as /dev/nst0')
  .option('--json', 'print JSON')
  .version(`${TOOL}: version ${version}`, '-V, --version')
  .helpOption('-h, --help')
  .showHelpAfterError();

void runTool(TOOL, () => main(program.parse().opts()));
