#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `npm test`: checks, unit tests, the packages of one Debian, the kernel tests in the lab. `npm test -- unit`, `-- package` or
# `-- kernel` runs one part. Not part of the whole: `-- system` (`npm run test:system`) tries the packages on each Debian, for hours,
# `-- sanitized` the module in a kernel with KASAN and lockdep, `-- compile` compiles and checks the module against many kernels.
set -u
cd "$(dirname "$0")/.." || exit
part=${1:-all}
results=$(mktemp -d)
passed=0 failed=0

heading() { printf '\n== %s\n' "$*"; }

step() { # step NAME COMMAND...: one result, its output only when it fails
  local name=$1 started=$SECONDS
  shift
  heading "$name"
  if "$@" >"$results/step" 2>&1; then
    echo "in $((SECONDS - started)) s"
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    tail -c 20000 "$results/step"
  fi
}

unit_tests() {
  local started=$SECONDS
  heading 'unit tests'
  # shellcheck disable=SC2046 # a list
  npx tap run --disable-coverage --jobs=2 --reporter=tap --timeout=120 $(find test -name '*.test.ts' -not -path '*/lab/*') \
    >"$results/unit" 2>&1
  local status=$? total pass fail
  # The runner's own summary: { total: 126, pass: 124, fail: 1, skip: 1 }
  total=$(sed -n 's/^# { total: \([0-9]*\).*/\1/p' "$results/unit" | tail -1)
  pass=$(sed -n 's/^# {.* pass: \([0-9]*\).*/\1/p' "$results/unit" | tail -1)
  fail=$(sed -n 's/^# {.* fail: \([0-9]*\).*/\1/p' "$results/unit" | tail -1)
  passed=$((passed + ${pass:-0})) failed=$((failed + ${fail:-0}))
  if [ $status -ne 0 ] || [ -z "$total" ]; then
    [ "${fail:-0}" -gt 0 ] || failed=$((failed + 1))
    grep -En -A30 '^ *not ok' "$results/unit" | head -c 20000
    tail -5 "$results/unit"
  else
    echo "$pass passed in $((SECONDS - started)) s"
  fi
}

# Tests with a kernel of their own need one processor each and run two at a time.
at_once=$(($(nproc) > 1 ? 2 : 1)) begun=0 reported=0
set -m # each in a process group, to end all of it

# tap_of NAME COMMAND...: begins it as soon as there is a place; the results it prints as TAP are counted.
tap_of() {
  local name=$1
  shift
  while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do wait -n; done
  report
  begun=$((begun + 1))
  printf %s "$name" >"$results/$begun.name"
  result_of "$results/$begun" "$@" &
}

result_of() { # result_of FILE COMMAND...
  local started=$SECONDS file=$1
  shift
  "$@" >"$file.tap" 2>"$file.err" </dev/null
  echo $? $((SECONDS - started)) >"$file.new"
  mv "$file.new" "$file.end"
}

# Waits for all that was begun.
all_ended() {
  wait
  report
}

# Tells what has ended, in the order in which it was begun.
report() {
  local file status seconds pass fail
  while file=$results/$((reported + 1)) && [ -e "$file.end" ]; do
    reported=$((reported + 1))
    read -r status seconds <"$file.end"
    heading "$(cat "$file.name")"
    pass=$(grep -c '^ok ' "$file.tap")
    fail=$(grep -c '^not ok ' "$file.tap")
    passed=$((passed + pass)) failed=$((failed + fail))
    echo "$pass passed in $seconds s"
    [ "$status" -ne 0 ] || [ "$fail" -gt 0 ] || [ "$pass" -eq 0 ] || continue
    [ "$fail" -gt 0 ] || failed=$((failed + 1))
    grep -A40 '^not ok' "$file.tap" | head -c 10000
    echo "status $status"
    tail -c 6000 "$file.err"
  done
}

# shellcheck disable=SC2317 # called by the trap
end_all() {
  local group
  for group in $(jobs -rp); do kill -- "-$group"; done 2>/dev/null
  wait
  rm -rf "$results"
}
trap end_all EXIT
trap exit INT TERM

# lab NAME OPTION... SCRIPT: one boot with the library.
lab() {
  local name=$1
  shift
  tap_of "$name (lab)" bash test/lab/lab.sh "$@"
}

kernel_tests() {
  tap_of 'kernel interface' bash test/kernel/run.sh --timeout 1800
  tap_of 'kernel interface, two processors' bash test/kernel/run.sh --kernel qemu --timeout 1800
  tap_of 'port contract' bash test/port/kernel-contract.sh
  lab 'drive' test/system/drive.sh
  lab 'products' --config test/lab/configs/doc test/system/products.sh
  lab 'pages' --config test/lab/configs/families test/system/pages.sh
  lab 'timing' --config test/lab/configs/families test/system/timing.sh
  lab 'LTFS' test/system/ltfs.sh
  lab 'tape tools' test/system/tape-tools.sh
  lab 'encryption' test/system/encryption.sh
  lab 'compressions, an old cartridge' test/system/compressed.sh
  lab 'changer' test/system/changer.sh
  lab 'library restarts in every order' test/system/restart-matrix.sh
  lab 'two changers, eight drives' test/system/rounds.sh
  lab 'cleaning, pickers, failed loads, every READ ELEMENT STATUS' test/system/library.sh
  lab 'ten thousand slots' test/system/large.sh
  lab 'media access port, mtx, ch' test/system/map.sh
  lab 'changer, Debian kernel' --kernel qemu test/system/changer.sh
  lab 'names' --systemd test/system/names.sh
  lab 'units' --systemd --no-daemons --timeout 600 test/system/service-units.sh
  lab 'faults' test/system/faults.sh
  lab 'faults of every kind' test/system/fault-kinds.sh
  lab 'restarts' --timeout 1500 test/system/restarts.sh
  lab 'troubles around the daemons' test/system/troubles.sh
  lab 'daemons killed at random points' test/system/kill-matrix.sh 4
  tap_of 'power cut at random points' bash test/power/power.sh 4
  tap_of 'stress of the module' bash test/kernel/stress.sh 1
  lab 'who gets what' --systemd --no-daemons test/system/security.sh
  lab 'administration' --timeout 900 test/system/admin.sh
  lab 'administration under systemd' --systemd --no-daemons --timeout 400 test/system/online.sh
  lab 'idle' test/system/idle.sh
  lab 'system calls a command' test/system/budget.sh
  lab 'initiator ports' --module-args hosts=2 test/system/ports.sh
  lab 'reservations' --module-args hosts=2 test/system/reservations.sh
}

# One job, which takes longest: it begins first.
package_tests() {
  tap_of 'packages' bash test/package/run.sh
}

system_tests() {
  local suite
  step 'packages, built twice, lintian' env MHVTL_PACKAGE_CHECK=1 bash packaging/package.sh
  for suite in bookworm trixie; do
    tap_of "packages on $suite, in QEMU" bash test/package/system.sh --packages build/packages $suite
    tap_of "packages on $suite: install, upgrade, remove, take over" bash test/package/lifecycle.sh --flavours $suite
  done
  tap_of 'rpm' bash test/package/rpm.sh
  lab 'units, 25 restarts in a row, 25 under I/O' --systemd --no-daemons --timeout 1500 test/system/service-units.sh 25
}

sanitized_tests() {
  tap_of 'kernel interface, checked' bash test/kernel/run.sh --kernel sanitized --timeout 1800
  tap_of 'fuzzer, checked' bash test/kernel/fuzz.sh 60 "$RANDOM" --kernel sanitized
  tap_of 'stress, checked' bash test/kernel/stress.sh 1 --kernel sanitized
  FUZZ_FAIL=1 tap_of 'fuzzer with failing allocations, checked' bash test/kernel/fuzz.sh 60 "$RANDOM" --kernel sanitized
}

main() {
  bash test/tools/prepare.sh check || exit
  step 'build' npm run --silent build
  case $part in all | unit)
    step 'types, style, analysis' npm run --silent check
    unit_tests
    ;;
  esac
  case $part in all | package) package_tests ;; esac
  case $part in all | kernel) kernel_tests ;; esac
  [ "$part" != system ] || system_tests
  [ "$part" != sanitized ] || sanitized_tests
  if [ "$part" = compile ]; then
    step 'compile against the kernels of Debian' bash test/kernel/compile-all.sh
    step 'style of the module' bash test/kernel/lint.sh
  fi
  all_ended
  printf '\nin %d s\n%d passed, %d failed\n' "$SECONDS" "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

main
