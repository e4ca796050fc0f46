// SPDX-License-Identifier: GPL-2.0-or-later
// A fuzzer guided by coverage: an input that reaches code no input reached before is changed further. V8 itself tells
// what was reached, by the inspector.
import { type Profiler, Session } from 'node:inspector';
import { random } from '../model/random.js';
import type { UpTo } from './mutate.js';

/** What is fuzzed. */
export interface Target<Input> {
  readonly seeds: readonly Input[];
  mutate(input: Input, upTo: UpTo): Input;
  /** Throws when something is wrong. */
  run(input: Input): void | Promise<void>;
}

export interface Effort {
  readonly seed: number;
  /** Inputs to try. */
  readonly steps: number;
}

/** What a run came to. */
export interface Findings<Input> {
  /** The first input that something was wrong with. */
  readonly failure: { readonly input: Input; readonly error: unknown } | undefined;
  /** Inputs that reached something new, the seeds among them. */
  readonly corpus: readonly Input[];
}

/** Inputs between two looks at the coverage while nothing new is found: a look costs more than most inputs. */
const BATCH = 20;

class Coverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Whether code of ours was reached since the last call that was not reached before. */
  isNew(): boolean {
    const before = this.#seen.size;
    /* The inspector of the own thread answers before post returns. */
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error) throw error;
      for (const script of answer.result) if (script.url.includes('/src/')) this.#note(script);
    });
    return this.#seen.size > before;
  }

  #note({ url, functions }: Profiler.ScriptCoverage): void {
    for (const { ranges } of functions)
      for (const { startOffset, endOffset, count } of ranges)
        if (count > 0) this.#seen.add(`${url}:${startOffset}:${endOffset}`);
  }

  stop(): void {
    this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }
}

async function attempt<Input>(
  target: Target<Input>,
  input: Input,
): Promise<Findings<Input>['failure']> {
  try {
    await target.run(input);
    return undefined;
  } catch (error) {
    return { input, error };
  }
}

/** Runs a batch; the first failure ends it. */
async function tryAll<Input>(target: Target<Input>, batch: readonly Input[]) {
  for (const input of batch) {
    const failure = await attempt(target, input);
    if (failure) return failure;
  }
  return undefined;
}

/** Tries the seeds and `steps` changes of what has reached something. */
export async function fuzz<Input>(
  target: Target<Input>,
  { seed, steps }: Effort,
): Promise<Findings<Input>> {
  const upTo = random(seed);
  const coverage = new Coverage();
  const corpus = [...target.seeds];
  try {
    let failure = await tryAll(target, corpus);
    coverage.isNew();
    for (let step = 0; step < steps && !failure; step += BATCH) {
      const batch = Array.from({ length: BATCH }, () =>
        target.mutate(corpus[upTo(corpus.length)]!, upTo),
      );
      failure = await tryAll(target, batch);
      /* One of them did it: to find out which would cost as much as it brings. */
      if (!failure && coverage.isNew())
        corpus.push(...batch.filter(() => upTo(4) === 0), batch.at(-1)!);
    }
    return { failure, corpus };
  } finally {
    coverage.stop();
  }
}
