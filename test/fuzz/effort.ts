// SPDX-License-Identifier: GPL-2.0-or-later
// How long fuzzers try. FUZZ_TIMES=100 makes them try a hundred times as much; SEED repeats a run.

export const TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);
export const SEED = Number(process.env['SEED'] ?? Date.now() % 1e9);
