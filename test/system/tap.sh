# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by the system tests: assertions that print TAP. `finish` ends a script.
tests=0
failures=0
scratch=$(mktemp -d)

# Prints what a failed assertion had to say, bounded.
diagnose() { head -c 4000 | sed 's/^/# /'; }

report() { # report STATUS DESCRIPTION [FILE with details]
  tests=$((tests + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $tests - $2"
  else
    failures=$((failures + 1))
    echo "not ok $tests - $2"
    [ -z "${3-}" ] || diagnose <"$3"
  fi
}

# ok DESCRIPTION COMMAND...: the command succeeds.
ok() {
  local description=$1
  shift
  "$@" >"$scratch/out" 2>&1 && report 0 "$description" || {
    echo "status $?: $*" >>"$scratch/out"
    report 1 "$description" "$scratch/out"
  }
}

# fails DESCRIPTION PATTERN COMMAND...: it fails, and what it says matches the extended regular expression.
fails() {
  local description=$1 pattern=$2
  shift 2
  if "$@" >"$scratch/out" 2>&1; then
    echo "succeeded, but should not: $*" >>"$scratch/out"
    report 1 "$description" "$scratch/out"
  elif grep -Eq "$pattern" "$scratch/out"; then
    report 0 "$description"
  else
    echo "should have said /$pattern/: $*" >>"$scratch/out"
    report 1 "$description" "$scratch/out"
  fi
}

# is DESCRIPTION ACTUAL EXPECTED
is() {
  if [ "$2" = "$3" ]; then
    report 0 "$1"
  else
    printf 'actual   %s\nexpected %s\n' "$2" "$3" >"$scratch/out"
    report 1 "$1" "$scratch/out"
  fi
}

# like DESCRIPTION TEXT PATTERN: the text matches the extended regular expression.
like() {
  printf '%s\n' "$2" >"$scratch/out"
  if grep -Eq "$3" "$scratch/out"; then
    report 0 "$1"
  else
    echo "should match /$3/" >>"$scratch/out"
    report 1 "$1" "$scratch/out"
  fi
}

finish() {
  rm -rf "$scratch"
  echo "1..$tests"
  [ "$failures" -eq 0 ]
  exit
}
