#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The fuzzers of the daemons in their long form. What they find, SEED and FUZZ_TIMES repeat.
# usage: long.sh [TIMES [SEED]]: so many times as much as `npm test`; 100 takes about half an hour
set -u
cd "$(dirname "$0")/../.." || exit
export FUZZ_TIMES=${1:-100} SEED=${2:-$((RANDOM * 32768 + RANDOM))}
echo "FUZZ_TIMES=$FUZZ_TIMES SEED=$SEED"
npx tap run --disable-coverage --jobs=2 --reporter=tap --timeout=7200 test/fuzz/*.test.ts
